namespace Nuke.Common.Tooling;

/// <summary>Changes something and hands it on.</summary>
/// <param name="options">What to change.</param>
/// <typeparam name="T">Its type.</typeparam>
/// <returns>The changed thing.</returns>
public delegate T Configure<T>(T options);
