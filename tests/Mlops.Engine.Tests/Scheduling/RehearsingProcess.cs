namespace Mlops.Engine.Tests.Scheduling;

/// <summary>Rehearses in a process of its own until it is killed.</summary>
static class RehearsingProcess
{
    public const string Name = "rehearse-until-killed";

    /// <param name="file">Is told where it works.</param>
    public static async Task<int> Run(string file)
    {
        var endless = ForeseenCallsTests.Of("Endless", async (context, input) =>
        {
            await File.WriteAllTextAsync(file, context.ScratchDirectory);
            Console.WriteLine("begun");
            await Task.Delay(Timeout.Infinite, context.Cancellation);
            return input;
        });
        await StageRehearsal.Run(endless, "abc"u8.ToArray(), (_, _) => "", CancellationToken.None);
        return 0;
    }
}
