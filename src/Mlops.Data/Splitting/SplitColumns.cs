using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>
/// Brings the columns that a split goes by into memory. Of many parts each group's are put together once, by
/// a call, so that one changed part costs reading its group, and of the others no more than these columns.
/// </summary>
static class SplitColumns
{
    public static Stage<PartsToRead, Artifact> ReadGroup { get; } = new(
        "Split.ReadColumns", 1, PartToolchain.Words,
        () => SplittingJson.Default.PartsToRead, () => SplittingJson.Default.Artifact,
        async (context, input) =>
        {
            var table = await Read(context, input.Parts.Select(part => part.File), input.Columns);
            return await context.Write(
                MediaTypes.Parquet, stream => TableFile.Write(stream, table, context.Cancellation));
        });

    /// <summary>All parts under each other in order, as <see cref="TableReading.Load"/> gives them.</summary>
    public static async Task<Table> Load(
        StageContext context, TableParts parts, IReadOnlyList<string> columns) =>
        parts.Parts.Count <= Grouping.Few
            ? await TableReading.Load(context, parts, columns)
            : await Read(
                context,
                await context.CallAll(
                    ReadGroup, parts.Groups().Select(group => new PartsToRead(group, columns))), columns);

    static async Task<Table> Read(
        StageContext context, IEnumerable<Artifact> files, IReadOnlyList<string> columns)
    {
        var tables = new List<Table>();
        foreach (var file in files)
            tables.Add(await TableFile.Read(context.Locate(file), columns, context.Cancellation));
        return Table.Concatenate(tables);
    }
}

/// <param name="Parts">Consecutive parts of a table, at least one.</param>
/// <param name="Columns">In the order in which they are wanted.</param>
sealed record PartsToRead(IReadOnlyList<TablePart> Parts, IReadOnlyList<string> Columns);
