using System.Globalization;

namespace Mlops.Engine.Tests.Scheduling;

/// <summary>
/// Takes one claim over and over, from several threads, and looks whether it is alone with it.
/// </summary>
static class ClaimingProcess
{
    public const string Name = "claim-over-and-over";

    public static async Task<int> Run(string[] arguments)
    {
        var (directory, threads, takes) = (arguments[0], Number(arguments[1]), Number(arguments[2]));
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => Claim(directory, takes))));
        return 0;
    }

    public static async Task Claim(string directory, int takes)
    {
        var claims = new Claims(Path.Combine(directory, "claims"));
        var alone = Path.Combine(directory, "alone");
        for (var take = 0; take < takes; take++)
            using (await claims.Take(Digest.Of("key"u8), _ => { }, CancellationToken.None))
            {
                // Only one at a time can create it.
                File.Open(alone, FileMode.CreateNew).Dispose();
                Thread.Yield();
                File.Delete(alone);
            }
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
