using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>The names of users and groups, by the container's own <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
/// <param name="files">The container's files.</param>
internal sealed class UserNames(ContainerFiles files)
{
    /// <summary>A user's name; null for one without.</summary>
    public string? User(long number) => Find("/etc/passwd", number);

    /// <summary>A group's name; null for one without.</summary>
    public string? Group(long number) => Find("/etc/group", number);

    /// <summary>A user's home.</summary>
    public string? Home(long number) => Entries("/etc/passwd").FirstOrDefault(fields => fields.Length > 5 && fields[2] == $"{number}")?[5];

    private string? Find(string file, long number) => Entries(file).FirstOrDefault(fields => fields.Length > 2 && fields[2] == $"{number}")?[0];

    private IEnumerable<string[]> Entries(string file) => files.Exists(file)
        ? Encoding.UTF8.GetString(files.Read(file, FileOwner.Root).Span).Split('\n').Select(line => line.Split(':'))
        : [];
}
