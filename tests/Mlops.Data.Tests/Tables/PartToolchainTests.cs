using System.Diagnostics;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Tests.Tables;

/// <summary>Equal keys give equal parts, also on a machine whose processor can do less.</summary>
public sealed class PartToolchainTests
{
    const string Asked = "MLOPS_TEST_PART";

    [Fact]
    public async Task AProcessorThatPacksAPartIntoOtherBytesHasOtherKeys()
    {
        var here = await Said();
        var there = await SaidWithout("DOTNET_EnableHWIntrinsic");
        there.Length.ShouldBe(here.Length);
        var isSame = there[0] == here[0];
        there.Zip(here, (other, own) => other == own).ShouldAllBe(same => same == isSame);
        (await SaidWithout("DOTNET_EnableAVX")).ShouldBe(here);
    }

    /// <summary>What <see cref="SaidWithout"/> has another process do, and nobody else.</summary>
    [Fact(Explicit = true)]
    public async Task APartIsWrittenWhereAnotherProcessAsksForIt() => await File.WriteAllLinesAsync(
        Environment.GetEnvironmentVariable(Asked)!, await Said(), TestContext.Current.CancellationToken);

    /// <summary>The digest of a part, and the toolchains of all stages that write such.</summary>
    static async Task<string[]> Said()
    {
        var draws = new Random(1);
        var texts = Enumerable.Range(0, 20_000)
            .Select(_ => $"name-{draws.Next(90_000)} in {draws.Next(100)}");
        string[] levels = [.. texts.Distinct()];
        var table = new Table(
            new TableSchema([new Column("t", ColumnType.Text)]),
            [new TextValues([.. Enumerable.Range(0, levels.Length)], levels)]);
        using var bytes = new MemoryStream();
        await TableFile.Write(bytes, table, TestContext.Current.CancellationToken);
        var hooks = new DerivedColumns(new Dictionary<string, Func<DataFrame, DataFrame>>());
        Stage[] stages =
        [
            ParseSource.Create(hooks), .. new TypedStages(hooks).Parsing, QueryStage.Create(hooks),
            SplitColumns.ReadGroup, .. PartitionStage.Value.Calls(), SampleStage.Value, ValidateStage.Value,
        ];
        return [Digest.Of(bytes.ToArray()).ToString(), .. stages.Select(stage => stage.Toolchain)];
    }

    static async Task<string[]> SaidWithout(string instructions)
    {
        var path = Path.GetTempFileName();
        try
        {
            string[] command = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? [Environment.ProcessPath!, typeof(PartToolchainTests).Assembly.Location]
                : [Environment.ProcessPath!];
            var start = new ProcessStartInfo(command[0],
                [.. command[1..], "-explicit", "only",
                    "-method", "*." + nameof(APartIsWrittenWhereAnotherProcessAsksForIt)])
            { RedirectStandardOutput = true };
            start.Environment[instructions] = "0";
            start.Environment[Asked] = path;
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output);
            return await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
