using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Programs that need no files.</summary>
internal static class PlainPrograms
{
    /// <summary><c>echo</c></summary>
    public static IEnumerable<ProgramStep> Echo(ProgramContext context)
    {
        var options = context.Arguments.Skip(1).TakeWhile(argument => argument is "-n" or "-e" or "-ne" or "-en").ToList();
        var text = string.Join(' ', context.Arguments.Skip(1 + options.Count));
        if (options.Exists(option => option.Contains('e', StringComparison.Ordinal)))
            text = Unescaped(text);
        yield return new Write(Encoding.UTF8.GetBytes(options.Exists(option => option.Contains('n', StringComparison.Ordinal)) ? text : text + "\n"), ToError: false);
    }

    /// <summary><c>printf</c>, with <c>%s</c> and <c>%d</c></summary>
    public static IEnumerable<ProgramStep> Print(ProgramContext context)
    {
        var format = Unescaped(context.Arguments.ElementAtOrDefault(1) ?? "");
        var values = new Queue<string>(context.Arguments.Skip(2));
        do
        {
            var (text, count) = (new StringBuilder(), values.Count);
            for (var at = 0; at < format.Length; at++)
            {
                if (format[at] != '%' || at + 1 == format.Length)
                    text.Append(format[at]);
                else
                    text.Append(format[++at] switch { '%' => "%", 'd' => values.TryDequeue(out var number) ? number : "0", _ => values.TryDequeue(out var value) ? value : "" });
            }

            yield return new Write(Encoding.UTF8.GetBytes(text.ToString()), ToError: false);
            if (values.Count == count)
                yield break;
        }
        while (values.Count > 0);
    }

    /// <summary><c>sleep</c></summary>
    public static IEnumerable<ProgramStep> Sleep(ProgramContext context)
    {
        var total = TimeSpan.Zero;
        foreach (var text in context.Arguments.Skip(1))
        {
            if (Span(text) is not { } span)
                return [Write.Line($"sleep: invalid number '{text}'", toError: true), new Exit(1)];
            total += span;
        }

        return context.Arguments.Count == 1 ? [Write.Line("sleep: how long? sleep [N]..., with s, m, h or d", toError: true), new Exit(1)]
            : total > TimeSpan.FromDays(3650) ? [new WaitForSignal()]
            : [new Wait(total)];
    }

    /// <summary><c>date</c></summary>
    public static IEnumerable<ProgramStep> Date(ProgramContext context)
    {
        var (now, format) = (context.Time.GetUtcNow().UtcDateTime, context.Arguments.FirstOrDefault(argument => argument.StartsWith('+')) ?? "+%a %b %e %H:%M:%S UTC %Y");
        var text = new StringBuilder();
        for (var at = 1; at < format.Length; at++)
        {
            text.Append(format[at] != '%' || at + 1 == format.Length ? format[at].ToString() : format[++at] switch
            {
                'a' => $"{now:ddd}",
                'b' => $"{now:MMM}",
                'e' => $"{now.Day,2}",
                'Y' => $"{now:yyyy}",
                'm' => $"{now:MM}",
                'd' => $"{now:dd}",
                'H' => $"{now:HH}",
                'M' => $"{now:mm}",
                'S' => $"{now:ss}",
                'N' => $"{now:fffffff}00",
                's' => $"{new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds()}",
                'F' => $"{now:yyyy-MM-dd}",
                'T' => $"{now:HH:mm:ss}",
                'Z' => "UTC",
                'z' => "+0000",
                var other => other.ToString(),
            });
        }

        return [Write.Line(text.ToString())];
    }

    /// <summary><c>id</c></summary>
    public static IEnumerable<ProgramStep> Id(ProgramContext context)
    {
        var options = new Options(context, "ugGn");
        var names = new UserNames(context.Files);
        var (user, group) = (names.User(context.User.User), names.Group(context.User.Group));
        if (options.Has('u') || options.Has('g') || options.Has('G'))
            return [Write.Line(options.Has('u') ? Short(user, context.User.User, options) : Short(group, context.User.Group, options))];
        return [Write.Line($"uid={context.User.User}{Bracketed(user)} gid={context.User.Group}{Bracketed(group)} groups={context.User.Group}{Bracketed(group)}")];
    }

    /// <summary><c>whoami</c></summary>
    public static IEnumerable<ProgramStep> UserName(ProgramContext context) => new UserNames(context.Files).User(context.User.User) is { } name
        ? [Write.Line(name)]
        : [Write.Line($"whoami: unknown uid {context.User.User}", toError: true), new Exit(1)];

    /// <summary><c>env</c></summary>
    public static IEnumerable<ProgramStep> Env(ProgramContext context)
    {
        var isEmpty = context.Arguments.Skip(1).Contains("-i");
        var rest = context.Arguments.Skip(1).SkipWhile(argument => argument.StartsWith('-')).ToList();
        var environment = isEmpty ? [] : new Dictionary<string, string>(context.Environment);
        foreach (var assignment in rest.TakeWhile(argument => argument.Contains('=', StringComparison.Ordinal)))
            environment[assignment[..assignment.IndexOf('=', StringComparison.Ordinal)]] = assignment[(assignment.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var command = rest.SkipWhile(argument => argument.Contains('=', StringComparison.Ordinal)).ToList();
        if (command.Count == 0)
            return environment.Select(variable => Write.Line($"{variable.Key}={variable.Value}"));
        return ProgramTable.Find(context with { Arguments = command, Environment = environment })
            ?? [Write.Line($"env: can't execute '{command[0]}': No such file or directory", toError: true), new Exit(127)];
    }

    /// <summary><c>printenv</c></summary>
    public static IEnumerable<ProgramStep> PrintEnv(ProgramContext context)
    {
        if (context.Arguments.Count == 1)
            return context.Environment.Select(variable => Write.Line($"{variable.Key}={variable.Value}"));
        var found = context.Arguments.Skip(1).Where(context.Environment.ContainsKey).ToList();
        return [.. found.Select(name => Write.Line(context.Environment[name])), new Exit(found.Count == context.Arguments.Count - 1 ? 0 : 1)];
    }

    /// <summary><c>uname</c></summary>
    public static IEnumerable<ProgramStep> SystemName(ProgramContext context) =>
        [Write.Line(new Options(context, "asrnmov") switch
        {
            var options when options.Has('a') => $"Linux {context.HostName} 6.1.0-sandbox #1 SMP x86_64 GNU/Linux",
            var options when options.Has('r') => "6.1.0-sandbox",
            var options when options.Has('n') => context.HostName,
            var options when options.Has('m') => "x86_64",
            _ => "Linux",
        })];

    /// <summary><c>ps</c>: the container's first process and itself, as there are no others</summary>
    public static IEnumerable<ProgramStep> Processes(ProgramContext context)
    {
        var user = new UserNames(context.Files).User(context.User.User) ?? $"{context.User.User}";
        var first = context.Files.Exists("/proc/1/cmdline") ? Encoding.UTF8.GetString(context.Files.Read("/proc/1/cmdline", context.User).Span).Replace('\0', ' ').TrimEnd() : "";
        return [Write.Line("PID   USER     COMMAND"), Write.Line($"    1 {user,-8} {first}"), Write.Line($"{context.Process,5} {user,-8} {string.Join(' ', context.Arguments)}")];
    }

    /// <summary><c>which</c></summary>
    public static IEnumerable<ProgramStep> Which(ProgramContext context)
    {
        var found = context.Arguments.Skip(1).Where(name => ProgramTable.Names.Contains(name)).ToList();
        return [.. found.Select(name => Write.Line($"/bin/{name}")), new Exit(found.Count == context.Arguments.Count - 1 ? 0 : 1)];
    }

    private static string Short(string? name, long number, Options options) => options.Has('n') ? name ?? $"{number}" : $"{number}";

    private static string Bracketed(string? name) => name is null ? "" : $"({name})";

    private static TimeSpan? Span(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        if (text is "infinity")
            return TimeSpan.FromDays(36_500);
        var seconds = unit switch { 'm' => 60.0, 'h' => 3600, 'd' => 86_400, _ => 1 };
        return double.TryParse(unit is 's' or 'm' or 'h' or 'd' ? text[..^1] : text, out var number) && number >= 0 ? TimeSpan.FromSeconds(Math.Min(number * seconds, 3e9)) : null;
    }

    private static string Unescaped(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
}
