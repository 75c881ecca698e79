using Mlops.Engine.Tests.Laws;

namespace Mlops.Engine.Tests.Steps;

/// <summary>Executes one step by its key, given nothing but a workspace.</summary>
static class ExecutingProcess
{
    public const string Name = "execute-a-key";

    public static async Task<int> Run(string workspace, string key)
    {
        var stages = new Arithmetic(
            new StageState(1, 1, "none", []), body => Console.WriteLine(body.What), () => { });
        var engine = new BuildEngine(
            Workspace.Open(workspace, TimeProvider.System), new EngineOptions(2, new NoObserver(), "step"));
        await engine.Execute(Digest.Parse(key), stages.All, CancellationToken.None, isRecorded: true);
        return 0;
    }
}
