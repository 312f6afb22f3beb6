using System.Reflection;

namespace Nuke.Embedded.Tests;

/// <summary>Writes members as text: <c>type: member</c>, with the full names of all types but without their assemblies.</summary>
internal static class Surface
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>What code outside the assembly can see of some types, what they inherit from other types of it included.</summary>
    public static IEnumerable<string> Of(IEnumerable<Type> types)
        => types.SelectMany(type => type.GetMembers(All | BindingFlags.FlattenHierarchy)
                .Where(member => member.DeclaringType!.Assembly == type.Assembly && IsVisible(member))
                .Select(member => $"{type}: {member}"))
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>The members of one assembly that another one calls, overrides or sets in attributes.</summary>
    public static IEnumerable<string> UsedBy(Assembly user, Assembly used)
    {
        var module = user.ManifestModule;
        var members = module.GetTypes().SelectMany(type => type.GetMembers(All | BindingFlags.DeclaredOnly).Append(type)).ToList();
        var overridden = members.OfType<MethodInfo>().Select(method => method.GetBaseDefinition());
        var set = members.SelectMany(member => member.GetCustomAttributesData()).SelectMany(attribute => attribute.NamedArguments).Select(argument => argument.MemberInfo);
        return Referenced(module).Concat(overridden).Concat(set)
            .Where(member => member.DeclaringType?.Assembly == used)
            .Select(member => $"{member.DeclaringType}: {member}")
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    // Rows of the table of references to members of other assemblies (ECMA-335, II.22.25).
    private static IEnumerable<MemberInfo> Referenced(Module module)
    {
        for (var token = 0x0A000001; ; token++)
        {
            MemberInfo? member;
            try
            {
                member = module.ResolveMember(token);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (ArgumentException)
            {
                // A member of a type that is made of type parameters; none of an engine's is.
                continue;
            }

            if (member is not null)
                yield return member;
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        _ => false,
    };
}
