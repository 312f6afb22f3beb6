using System.Net;

namespace Nuke.Common.Reporting;

/// <summary>Lists what would run, and draws all targets on a page that needs no network.</summary>
internal sealed class PlanPage(NukeBuild build, IReadOnlyList<ExecutableTarget> targets, Session session)
{
    private const int BoxWidth = 210;
    private const int BoxHeight = 34;
    private const int ColumnWidth = 310;
    private const int RowHeight = 58;
    private const int Margin = 20;

    private readonly Dictionary<ExecutableTarget, (int X, int Y)> _places = Place(targets);

    /// <summary>Writes the page, says where it is, and opens it where there is a display.</summary>
    /// <returns>The exit code.</returns>
    public int Show()
    {
        var file = NukeBuild.TemporaryDirectory / "execution-plan.html";
        file.WriteAllText(Page());
        Console.Out.WriteLine("Would run, in this order:\n");
        foreach (var (index, target) in build.ExecutionPlan.Index())
            Console.Out.WriteLine($"{index + 1,4}. {target.Name}{(target.Status == ExecutionStatus.Skipped ? $"   // Skipped: {target.SummaryInformation["Skipped"]}" : "")}");
        Console.Out.WriteLine($"\nGraph: {Path.GetRelativePath(session.WorkingDirectory, file)}");
        if (HasDisplay())
            Open(file);
        return 0;
    }

    // Every target stands right of all that it comes after, in the order of declaration.
    private static Dictionary<ExecutableTarget, (int X, int Y)> Place(IReadOnlyList<ExecutableTarget> targets)
    {
        var columns = new Dictionary<ExecutableTarget, int>();
        foreach (var target in targets)
            ColumnOf(target);
        return targets.GroupBy(target => columns[target])
            .SelectMany(column => column.Index().Select(entry => (entry.Item, X: Margin + (column.Key * ColumnWidth), Y: Margin + (entry.Index * RowHeight))))
            .ToDictionary(place => place.Item, place => (place.X, place.Y));

        int ColumnOf(ExecutableTarget target)
            => columns.TryGetValue(target, out var column)
                ? column
                : columns[target] = target.AllDependencies.Select(dependency => ColumnOf(dependency) + 1).DefaultIfEmpty().Max();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static void Open(AbsolutePath file)
    {
        try
        {
            Process.Start(new ProcessStartInfo(file) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            // Nothing here opens pages; the path is on the screen.
        }
    }

    private bool HasDisplay()
        => session.Host is not IBuildServer
           && !session.Environment.ContainsKey("SSH_CONNECTION")
           && (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
               || session.Environment.ContainsKey("DISPLAY") || session.Environment.ContainsKey("WAYLAND_DISPLAY"));

    private string Page()
    {
        using var template = new StreamReader(typeof(PlanPage).Assembly.GetManifestResourceStream("execution-plan.html")!);
        var order = build.ExecutionPlan.Select(target => $"<li>{Encode(target.Name)}</li>");
        return template.ReadToEnd()
            .Replace("{{order}}", string.Concat(order), StringComparison.Ordinal)
            .Replace("{{width}}", $"{_places.Values.Max(place => place.X) + BoxWidth + Margin}", StringComparison.Ordinal)
            .Replace("{{height}}", $"{_places.Values.Max(place => place.Y) + BoxHeight + Margin}", StringComparison.Ordinal)
            .Replace("{{graph}}", Graph(), StringComparison.Ordinal);
    }

    private string Graph()
    {
        var graph = new StringBuilder();
        foreach (var target in targets)
        {
            AppendEdges(graph, target, "execution", target.ExecutionDependencies);
            AppendEdges(graph, target, "trigger", target.TriggerDependencies.Except(target.ExecutionDependencies));
            AppendEdges(graph, target, "order", target.OrderDependencies.Except(target.ExecutionDependencies).Except(target.TriggerDependencies));
        }

        foreach (var target in targets)
            AppendBox(graph, target);
        return graph.ToString();
    }

    private void AppendEdges(StringBuilder graph, ExecutableTarget to, string kind, IEnumerable<ExecutableTarget> dependencies)
    {
        foreach (var from in dependencies)
        {
            var (x1, y1) = (_places[from].X + BoxWidth, _places[from].Y + (BoxHeight / 2));
            var (x2, y2) = (_places[to].X - 4, _places[to].Y + (BoxHeight / 2));
            graph.Append($"""<path class="{kind}" d="M{x1} {y1} C{x1 + 50} {y1} {x2 - 50} {y2} {x2} {y2}"><title>{from.Name} → {to.Name}</title></path>""").Append('\n');
        }
    }

    private void AppendBox(StringBuilder graph, ExecutableTarget target)
    {
        var (x, y) = _places[target];
        var plan = string.Join(' ', ExecutionPlanner.Plan(targets, [target]).Select(step => step.Name));
        var kind = (target.Listed ? "" : " unlisted") + (target.Status == ExecutionStatus.Scheduled ? " planned" : "");
        graph.Append($"""<g class="target{kind}" id="{target.Name}" data-plan="{plan}"><title>{Encode(target.Description ?? target.Name)}</title>""")
            .Append($"""<rect x="{x}" y="{y}" width="{BoxWidth}" height="{BoxHeight}" rx="5"/>""")
            .Append($"""<text x="{x + (BoxWidth / 2)}" y="{y + 22}">{Encode(target.Name)}{(target.IsDefault ? " ★" : "")}</text></g>""")
            .Append('\n');
    }
}
