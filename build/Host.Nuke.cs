using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>What the build needs and NUKE does not have.</summary>
sealed partial class Build
{
    static bool IsJson => false;

    /// <remarks>NUKE ends the process at Ctrl-C; whatever was finished by then is in the store.</remarks>
    static CancellationToken Stop => CancellationToken.None;

    /// <summary>The build has no secret parameters.</summary>
    static string TypedCommand => string.Join(' ', Environment.GetCommandLineArgs().Skip(1));

    bool NeedsSteps => false;

    /// <remarks>NUKE writes a schema of its own.</remarks>
    static void WriteParametersSchema(string path) => _ = path;

    static InvalidOperationException PersonsMistake(string message) => new(message);

    static IRunObserver Observer() => new WaitingLog(Console.Out, Console.Error);

    partial void TellResults(PipelineSession session) => Console.WriteLine($"\n{conclusion}");
}
