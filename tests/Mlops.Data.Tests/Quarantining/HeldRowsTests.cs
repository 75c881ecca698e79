using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>How much is held; alone, because what a process holds is that of all its tests.</summary>
[Collection(nameof(Alone))]
public sealed class HeldRowsTests
{
    /// <summary>What checks found is merged as it is read: the first row is there before any other.</summary>
    [Fact]
    public async Task RowsThatFailedAreTakenAsTheyAreReadAndNotHeld()
    {
        const long rows = 4_000_000;
        using var workspace = new Workspace().With("id,x,note\n1,5,a\n");
        await workspace.Ingest(workspace.Input());
        var odd = new TakenOut("odd", null, "", (await RowNumbers.Write(
            workspace.Context, Counted(rows).Where(row => row % 2 == 1)))!);
        var all = new TakenOut("all", null, "", (await RowNumbers.Write(
            workspace.Context, Counted(rows)))!);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (expected, most) = (0L, 0L);
        foreach (var row in AskedRows.Of(workspace.Context, [odd, all], [3, 3, rows - 1]))
        {
            if (row.Row != expected++ || row.Failed.Count != 1 + row.Row % 2)
                row.Row.ShouldBe(expected - 1);
            row.IsShown.ShouldBe(row.Row is 3 or rows - 1);
            if (row.Row % 1_000_000 == 999_999)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        expected.ShouldBe(rows);
        most.ShouldBeLessThan(rows, "less than a byte for each row");
    }

    static IEnumerable<long> Counted(long rows)
    {
        for (var row = 0L; row < rows; row++)
            yield return row;
    }
}
