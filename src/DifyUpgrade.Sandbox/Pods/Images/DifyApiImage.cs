using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>The stand-in for Dify's API image: as <c>tests/cluster/image/api_server.py</c>, without a Python.</summary>
/// <param name="version">The Dify version.</param>
/// <param name="names">The names it imports, and who imports them.</param>
internal sealed class DifyApiImage(string version, IReadOnlyList<(string Name, string Module)> names)
{
    private const string Folder = "/app/api";
    private const string Prompts = "core/llm_generator/prompts.py";
    private const int Port = 5001;

    // Much faster than the real one, which takes some twenty seconds.
    private static readonly TimeSpan ImportTime = TimeSpan.FromSeconds(2);

    private readonly List<IGrouping<string, string>> _importers =
        [.. names.Where(entry => entry.Module != "lazy").GroupBy(entry => entry.Module, entry => entry.Name).OrderBy(group => group.Key, StringComparer.Ordinal)];

    /// <summary>Makes the image.</summary>
    public ContainerImage Make(string fullName)
    {
        var files = BaseFiles.Make();
        files.Put($"{Folder}/app.py", ContentNode.Of(string.Concat(_importers.Select(importer => $"import {DottedName(importer.Key)}\n"))));
        files.Put($"{Folder}/{Prompts}", ContentNode.Of(Stock()));
        files.Put($"{Folder}/core/__init__.py", ContentNode.Of(""));
        files.Put($"{Folder}/core/llm_generator/__init__.py", ContentNode.Of(""));
        foreach (var importer in _importers)
            files.Put($"{Folder}/{importer.Key}", ContentNode.Of($"from core.llm_generator.prompts import (\n{string.Concat(importer.Select(name => $"    {name},\n"))})\n"));
        return new ContainerImage(fullName)
        {
            Files = files,
            Entrypoint = ["python", "/stand-in/api_server.py"],
            Program = Run,
            Environment = new Dictionary<string, string> { ["PATH"] = "/app/api/.venv/bin:/usr/bin:/bin", ["PYTHONUNBUFFERED"] = "1", ["PYTHONDONTWRITEBYTECODE"] = "1", ["STAND_IN_VERSION"] = version },
            User = new FileOwner(1001, 1001),
            WorkingFolder = Folder,
            Bytes = 600_000_000,
            Memory = 20 << 20,
        };
    }

    private IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        yield return new HandleTermination(0);
        var mode = context.Environment.GetValueOrDefault("MODE", "api");
        var isCelery = mode is "worker" or "beat";
        var migrates = !isCelery && context.Environment.GetValueOrDefault("MIGRATION_ENABLED") == "true";
        if (migrates)
            yield return Write.Line("Running migrations");
        yield return new Wait(ImportTime);
        if (Import(context) is { } failure)
        {
            var (code, message) = isCelery ? Celery(failure) : migrates ? Flask(failure) : Gunicorn(failure);
            yield return new Write(Encoding.UTF8.GetBytes(message), ToError: true);
            yield return new Exit(code);
        }

        if (!isCelery)
            yield return new Listen(Port, path => path == "/health" ? new HttpAnswer(200, $"{{\"pid\":1,\"status\":\"ok\",\"version\":\"{version}\"}}") : new HttpAnswer(404, "{\"status\":\"not found\"}"));
        yield return Write.Line(isCelery ? $"celery {mode} ready." : "Listening at: http://0.0.0.0:5001");
        yield return new WaitForSignal();
    }

    // `flask upgrade-db` reports an ImportError this way and lets everything else through.
    private static (int, string) Flask(Failure failure) => failure.IsImportError
        ? (2, $"Error: While importing 'app', an ImportError was raised:\n\n{failure.Traceback}\n")
        : (1, failure.Traceback);

    private static (int, string) Gunicorn(Failure failure) =>
        (3, $"[ERROR] Exception in worker process\n{failure.Traceback}[ERROR] Reason: Worker failed to boot.\n");

    private static (int, string) Celery(Failure failure) => (2,
        $"Error: Invalid value for '-A' / '--app':\nUnable to load celery application.\nWhile trying to load the module app.celery the following error occurred:\n{failure.Traceback}\n");

    private Failure? Import(ProgramContext context)
    {
        var path = $"{Folder}/{Prompts}";
        PythonModule module;
        try
        {
            module = PythonReader.Import(context.Files.Read(path, context.User).Span);
        }
        catch (FileError error)
        {
            return error.Message == "Permission denied"
                ? Failed(_importers[0], "", $"PermissionError: [Errno 13] Permission denied: '{path}'", isImportError: false)
                : Failed(_importers[0], "", "ModuleNotFoundError: No module named 'core.llm_generator.prompts'", isImportError: true);
        }

        if (module.Error is { } raised)
            return Failed(_importers[0], module.ErrorKind is "SyntaxError" or "IndentationError" ? $"  File \"{path}\", line {module.ErrorLine}\n" : $"  File \"{path}\", line {module.ErrorLine}, in <module>\n", raised, isImportError: module.ErrorKind is "ImportError" or "ModuleNotFoundError");
        foreach (var importer in _importers)
        {
            if (importer.FirstOrDefault(name => !module.Names.Contains(name)) is { } missing)
                return Failed(importer, "", $"ImportError: cannot import name '{missing}' from 'core.llm_generator.prompts' ({path})", isImportError: true);
        }

        return null;
    }

    private Failure Failed(IGrouping<string, string> importer, string frame, string error, bool isImportError) => new(
        $"""
        Traceback (most recent call last):
          File "/stand-in/api_server.py", line 80, in <module>
            main()
          File "{Folder}/app.py", line {_importers.IndexOf(importer) + 1}, in <module>
            import {DottedName(importer.Key)}
          File "{Folder}/{importer.Key}", line 1, in <module>
            from core.llm_generator.prompts import (
        {frame}{error}

        """, isImportError);

    private string Stock() => $"# Stand-in for the prompts.py of Dify {version}: its names, with texts of our own.\n" + string.Concat(names.Select(entry => entry.Name switch
    {
        var name when name.EndsWith("_MAX_TOKENS", StringComparison.Ordinal) => $"{name} = 256\n",
        var name when name.EndsWith("_TEMPERATURE", StringComparison.Ordinal) => $"{name} = 0.0\n",
        var name => $"{name} = \"\"\"Stock text of {name} in Dify {version}.\"\"\"\n",
    }));

    private static string DottedName(string module) => module[..^".py".Length].Replace('/', '.');

    private sealed record Failure(string Traceback, bool IsImportError);
}
