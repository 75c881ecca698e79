using System.Globalization;
using System.IO.Compression;
using System.Text;
using Mlops.Targets.Tests;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Files that were made to do harm, read by a process of its own whose managed memory is limited: it ends
/// with a sentence, holds no more than the test says, leaves nothing behind, and reads the
/// good file afterwards.
/// </summary>
public sealed class HostileInputTests : IDisposable
{
    const int Megabyte = 1 << 20;

    /// <summary>What the .NET heap may hold: whoever needs more ends with an unexpected fault.</summary>
    const long HeapBytes = 640L * Megabyte;

    const string Good = "id,age,left\n1,20,true\n2,30,false\n";

    readonly Workbench bench = new Workbench()
        .WithVariable("DOTNET_GCHeapHardLimit", HeapBytes.ToString("x", CultureInfo.InvariantCulture));

    public void Dispose() => bench.Dispose();

    [Fact]
    public void AGigabyteOfZerosInAMegabyteIsRefused() =>
        Refused("data.csv.gz", Packed([], Repeated("\0"), 1024), "DATA-020", 400);

    [Fact]
    public void ShortLinesThatUnpackToAThousandTimesTheFileAreRefused() =>
        Refused("data.csv.gz",
            Packed(Text("a,b\n"), Repeated("1,2\n"), 96, CompressionLevel.Optimal), "DATA-019", 400);

    [Fact]
    public void AGigabyteInZstandardIsRefused()
    {
        // A frame with a window of 128 KB, and 8,192 blocks that each say: this byte, 131,072 times.
        byte[] block = [0x02, 0x00, 0x10, 0x00];
        byte[] last = [0x03, 0x00, 0x10, 0x00];
        byte[] bomb =
        [
            0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38,
            .. Enumerable.Repeat(block, 8191).SelectMany(bytes => bytes), .. last,
        ];
        Refused("data.csv.zst", bomb, "DATA-020", 400);
    }

    [Fact]
    public void APackedFileInAPackedFileIsRefused() =>
        Refused("data.csv.gz", Packed(Packed([], Repeated("\0"), 1024), [], 0), "DATA-056", 150);

    [Fact]
    public void ALineOfAGigabyteIsRefusedWithItsNumber() =>
        Refused("data.csv.gz", Packed(Text("a,b\n1,"), Repeated("x"), 1024), "DATA-020", 500)
            .ShouldSay("data.csv.gz(2)");

    [Fact]
    public void AQuoteThatIsNeverClosedDoesNotSwallowMemory() =>
        Refused("data.csv.gz", Packed(Text("a,b\n1,\""), Repeated("1,2\n"), 256), "DATA-020", 500);

    [Fact]
    public void JsonNestedTenThousandDeepIsQuarantined() => Refused(
        "data.jsonl", Text($"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}\n{{\"a\":1}}\n"),
        "maximum configured depth of 64", 150);

    [Fact]
    public void AJsonLineOf200MegabytesIsRefused() => Refused(
        "data.jsonl.gz", Packed(Text("{\"a\":1}\n{\"a\":\""), Repeated("x"), 200), "DATA-020", 450)
            .ShouldSay("data.jsonl.gz(2)");

    [Fact]
    public void WhatIsNoDatabaseIsRefused() =>
        Refused("data.db", Text(string.Concat(Enumerable.Repeat("no database", 1000))), "DATA-042", 150);

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd', header = false)", "DATA-045")]
    [InlineData("SELECT * FROM '../../../../etc/passwd'", "DATA-045")]
    [InlineData("SELECT * FROM read_text('/proc/self/environ')", "DATA-045")]
    [InlineData("ATTACH 'other.db'", "DATA-044")]
    [InlineData("INSTALL httpfs", "DATA-044")]
    [InlineData("COPY (SELECT 1) TO 'out.csv'", "DATA-044")]
    [InlineData("SELECT string_agg(repeat('x', 100000), '') t FROM range(100000)", "DATA-045")]
    [InlineData("SELECT repeat('x', 200000000) t FROM range(2000)", "DATA-045")]
    public void AStatementThatReachesForMoreIsRefused(string sql, string id) =>
        Check(Run("data.csv", Text(Good), $"  sql: \"{sql}\"\n"), id, 850);

    /// <summary>No text comes twice, so that all of a row group are held at once.</summary>
    [Fact]
    public void AGigabyteOfLongTextsIsReadInRowGroupsThatFit()
    {
        var random = new Random(1);
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write("id,note,left\n"u8);
            var noise = new byte[1500];
            var same = new string('x', 200_000);
            for (var i = 0; i < 3000; i++)
            {
                random.NextBytes(noise);
                packing.Write(Text(
                    $"{i},{Convert.ToHexString(noise)}{same},{(i % 2 == 0 ? "true" : "false")}\n"));
            }
        }
        var run = Run("data.csv.gz", packed.ToArray());
        run.Run.ShouldExit(0);
        // The heap may have 640 MB, the build itself and its libraries 70.
        (run.PeakBytes / Megabyte).ShouldBeLessThan(710, run.Run.Text);
    }

    [Fact]
    public void AStatementOfABillionRowsStaysWithinItsMemoryAndCanBeStopped()
    {
        Interrupts.SkipWhereIgnored();
        Write("data.csv", Text(Good), "  sql: \"SELECT i, i % 2 = 0 AS left FROM range(1000000000) r(i)\"\n");
        var run = bench.MeasureUntil(TimeSpan.FromSeconds(2), "Ingest");
        run.Run.ExitCode.ShouldBe(130, run.Run.Text);
        (run.PeakBytes / Megabyte).ShouldBeLessThan(850);
        Left().ShouldBeEmpty();
        Run("data.csv", Text(Good)).Run.ShouldExit(0);
    }

    /// <param name="megabytes">Of memory at most, the build itself and its libraries counted:
    /// about 70.</param>
    MeasuredRun Refused(string name, byte[] bytes, string says, int megabytes) =>
        Check(Run(name, bytes), says, megabytes);

    MeasuredRun Check(MeasuredRun run, string says, int megabytes)
    {
        run.Run.ExitCode.ShouldBeOneOf(1, 2);
        run.ShouldSay(says);
        run.Run.Text.ShouldNotContain("ENGINE-004");
        (run.PeakBytes / Megabyte).ShouldBeLessThan(megabytes, run.Run.Text);
        Left().ShouldBeEmpty();
        Run("data.csv", Text(Good)).Run.ShouldExit(0);
        return run;
    }

    /// <summary>Scratch folders and half-written files of a run that is over.</summary>
    IEnumerable<string> Left() => Directory.Exists(Path.Combine(bench.Workspace, "tmp"))
        ? Directory.EnumerateFileSystemEntries(Path.Combine(bench.Workspace, "tmp"))
        : [];

    MeasuredRun Run(string name, byte[] bytes, string more = "")
    {
        Write(name, bytes, more);
        return bench.Measure("Ingest");
    }

    void Write(string name, byte[] bytes, string more = "")
    {
        bench.WithPipeline("small", $$"""
            name: small
            data:
              sources: {{name}}
            {{more}}split: { method: interleaved, holdout-share: 0.25 }
            train: { task: binary, label: left, trainer: { name: fast-tree } }
            evaluate: { metrics: [auc], gates: [] }
            package: { version: 1.0.0 }
            """);
        File.WriteAllBytes(Path.Combine(bench.Pipelines, "small", name), bytes);
    }

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Repeated(string text) =>
        Text(string.Concat(Enumerable.Repeat(text, Megabyte / text.Length)));

    static byte[] Packed(
        byte[] first, byte[] then, int times, CompressionLevel level = CompressionLevel.Fastest)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, level, leaveOpen: true))
        {
            packing.Write(first);
            for (var i = 0; i < times; i++)
                packing.Write(then);
        }
        return packed.ToArray();
    }
}
