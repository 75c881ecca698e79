using System.Globalization;

namespace Mlops.Engine.Tests.Ledgers;

/// <summary>Appends to a ledger over and over.</summary>
static class AppendingProcess
{
    public const string Name = "append-over-and-over";

    public static int Run(string[] arguments)
    {
        var (path, appends) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        for (var number = 0; number < appends; number++)
            new Ledger(path).Append(DateTimeOffset.UnixEpoch, Matter(number));
        return 0;
    }

    public static LedgerMatter.Approval Matter(int number) => new(
        "p/Package", Digest.Of([(byte)number]), "p.zip", "1.0.0",
        Environment.ProcessId.ToString(CultureInfo.InvariantCulture), $"number {number}");
}
