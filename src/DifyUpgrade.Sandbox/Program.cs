using System.Globalization;
using DifyUpgrade.Sandbox.Hosting;

try
{
    await RunAsync(SandboxArguments.Parse(args));
    return 0;
}
catch (SandboxFailure failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}

static async Task RunAsync(SandboxArguments arguments)
{
    var folder = new SandboxFolder(arguments.Folder);
    var control = new SandboxControl(folder, TimeProvider.System);
    switch (arguments.Command)
    {
        case "serve":
            using (var server = new SandboxServer(folder, arguments.Speed))
                await server.RunAsync();
            break;
        case "up":
            Say(await control.UpAsync(arguments.Speed, CancellationToken.None), folder);
            break;
        case "status":
            Say(await RunningServer.FindAsync(folder, CancellationToken.None), folder);
            break;
        case "down":
            Console.WriteLine(await control.DownAsync(CancellationToken.None) ? "The sandbox is stopped; its state stays for the next start" : "The sandbox does not run");
            break;
        default:
            await control.ResetAsync(CancellationToken.None);
            Console.WriteLine("The sandbox is stopped and empty");
            break;
    }
}

static void Say(RunningServer? server, SandboxFolder folder) => Console.WriteLine(server is null
    ? "The sandbox does not run; any target with --sandbox starts it"
    : string.Create(CultureInfo.InvariantCulture, $"The sandbox runs at {server.Address} (process {server.ProcessId}, pod time {server.Speed} times faster); look into it with: KUBECONFIG={folder.Kubeconfig} kubectl get pods -A"));
