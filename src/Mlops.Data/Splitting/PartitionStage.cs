using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>
/// Divides a dataset by the values of a column. Each part is divided by a call of its own, inside that of its
/// group where there are many, so that one changed source touches only the cells whose rows it changed.
/// </summary>
public static class PartitionStage
{
    /// <summary>More cells than this are no matrix but a wrong column.</summary>
    const int MaxCells = 10_000;

    static readonly Stage<PartsToDivide, IReadOnlyList<DividedPart>> Divide = new(
        "Partition.DividePart", 2, PartToolchain.Words,
        () => SplittingJson.Default.PartsToDivide, () => SplittingJson.Default.IReadOnlyListDividedPart,
        async (context, input) => input.Parts is [var only]
            ? [await DividePart(context, only, input.Column)]
            : await context.CallEach(Divide!, input.Parts.Select(part => input with { Parts = [part] })));

    public static Stage<PartitionInput, Partitioning> Value { get; } = new(
        "Partition", 1, PackageVersions.ParquetNet,
        () => DataJson.Default.PartitionInput, () => DataJson.Default.Partitioning, Run)
    {
        Calls = () => [Divide],
    };

    static async Task<Partitioning> Run(StageContext context, PartitionInput input)
    {
        var schema = input.Table.Schema;
        if (schema.Find(input.Column) is null)
            throw new ProblemException(new Problem(
                "DATA-030", $"The table has no column '{input.Column}' to divide by.",
                Next: NearestNames.Suggest(input.Column, schema.Columns.Select(column => column.Name))));
        var divided = await context.CallEach(
            Divide, input.Table.Groups().Select(group => new PartsToDivide(group, input.Column)));
        var cells = divided.SelectMany(part => part.Cells)
            .GroupBy(cell => cell.Value, cell => cell.Part, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PartitionCell(group.Key, new TableParts(schema, [.. group])))
            .ToList();
        ThrowIfTooMany(cells.Count, input.Column);
        return new Partitioning(cells, divided.Sum(part => part.RowsWithoutValue));
    }

    static async Task<DividedPart> DividePart(StageContext context, TablePart part, string by)
    {
        var table = await TableFile.Read(context.Locate(part.File), null, context.Cancellation);
        var column = table[by];
        var rowsOf = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var without = 0L;
        for (var row = 0; row < table.RowCount; row++)
        {
            if (column.Text(row) is not { } value)
                without++;
            else if (rowsOf.TryGetValue(value, out var rows))
                rows.Add(row);
            else
                rowsOf.Add(value, [row]);
        }
        ThrowIfTooMany(rowsOf.Count, by);
        var cells = new List<DividedCell>();
        foreach (var (value, rows) in rowsOf)
        {
            var cell = table.Take([.. rows]);
            var file = await context.Write(
                MediaTypes.Parquet, stream => TableFile.Write(stream, cell, context.Cancellation));
            cells.Add(new DividedCell(value, new TablePart(
                file, rows.Count, await PartStages.Store(context, PartProfile.Of(cell)))));
        }
        return new DividedPart(cells, without);
    }

    static void ThrowIfTooMany(int cells, string column)
    {
        if (cells > MaxCells)
            throw new ProblemException(new Problem(
                "DATA-031",
                $"The column '{column}' has more than {MaxCells} distinct values, too many to divide by.",
                Expected: "a category, such as a market or a station"));
    }
}

sealed record PartsToDivide(IReadOnlyList<TablePart> Parts, string Column);

sealed record DividedPart(IReadOnlyList<DividedCell> Cells, long RowsWithoutValue);

sealed record DividedCell(string Value, TablePart Part);
