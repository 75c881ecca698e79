using System.Text.Json.Serialization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <param name="Schema">Of the part, all columns.</param>
public sealed record PartitionPartInput(TableSchema Schema, TablePart Part, string Column);

/// <param name="Pieces">One per value in the part, in ordinal order.</param>
public sealed record PartPieces(IReadOnlyList<PartPiece> Pieces, long RowsWithoutValue);

public sealed record PartPiece(string Value, TablePart Part);

/// <summary>Divides a dataset by the values of a column, part by part, so that a changed part is divided alone.</summary>
public static class PartitionStage
{
    public static Stage<PartitionInput, Partitioning> Value { get; } = new(
        "Partition", 1, PackageVersions.ParquetNet, DataJson.Default.PartitionInput, DataJson.Default.Partitioning, Run);

    internal static Stage<PartitionPartInput, PartPieces> OnePart { get; } = new(
        "Partition.Part", 1, PackageVersions.ParquetNet, PartitionJson.Default.PartitionPartInput,
        PartitionJson.Default.PartPieces, Divide);

    static async Task<Partitioning> Run(StageContext context, PartitionInput input)
    {
        var schema = input.Table.Schema;
        if (schema.Find(input.Column) is null)
            throw new ProblemException(new Problem(
                "DATA-034", $"The data has no column '{input.Column}', which is to be the matrix.",
                Next: NearestNames.Suggest(input.Column, schema.Columns.Select(column => column.Name))));
        var divided = await context.CallAll(
            OnePart, input.Table.Parts.Select(part => new PartitionPartInput(schema, part, input.Column)));
        PartitionCell[] cells =
        [
            .. divided.SelectMany(part => part.Pieces).GroupBy(piece => piece.Value, piece => piece.Part, StringComparer.Ordinal)
                .OrderBy(cell => cell.Key, StringComparer.Ordinal)
                .Select(cell => new PartitionCell(cell.Key, new TableParts(schema, [.. cell]))),
        ];
        return new Partitioning(cells, divided.Sum(part => part.RowsWithoutValue));
    }

    static async Task<PartPieces> Divide(StageContext context, PartitionPartInput input)
    {
        var table = await TableReading.Load(context, new TableParts(input.Schema, [input.Part]));
        var values = table[input.Column];
        var pieces = new List<PartPiece>();
        var rows = Enumerable.Range(0, table.RowCount).ToLookup(values.Text, StringComparer.Ordinal);
        foreach (var group in rows.Where(group => group.Key is not null).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var piece = table.Take([.. group]);
            var file = await context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, piece, context.Cancellation));
            pieces.Add(new PartPiece(group.Key!, new TablePart(file, piece.RowCount)));
        }
        return new PartPieces(pieces, rows[null].Count());
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PartitionPartInput))]
[JsonSerializable(typeof(PartPieces))]
sealed partial class PartitionJson : JsonSerializerContext;
