using System.Globalization;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Declared columns that much of one file does not read as: their type may have changed.</summary>
static class TypeChanges
{
    /// <summary>Share of a file's cells with a value.</summary>
    const double LeastShare = 0.5;

    /// <summary>Of a file's rows. Only above it are the missing cells counted, which costs a look at
    /// profiles.</summary>
    const double LeastOfRows = 0.05;

    const int LeastCells = 2;

    public static IReadOnlyList<string> Of(
        StageContext context, IngestInput input, IReadOnlyList<SourceOutcome> sources,
        IReadOnlyList<ColumnDeclaration> declared)
    {
        var findings = new List<string>();
        foreach (var column in declared)
            foreach (var (file, source) in input.Sources.Zip(sources))
                if (source.ByColumn.FirstOrDefault(faults => faults.Column == column.Name) is { } faults
                    && faults.Rows >= LeastCells
                    && faults.Rows >= LeastOfRows * (source.KeptRows + source.QuarantinedRows)
                    && faults.Rows + Read(context, source, column.Name) is var cells
                    && faults.Rows >= LeastShare * cells)
                    findings.Add(Said(column, input.Format, file.Name, faults, cells));
        return findings;
    }

    static string Said(
        ColumnDeclaration column, TextFormat format, string file, ColumnFaults faults, long cells) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Type changed? '{column.Name}' is declared {column.Column().TypeWord}, but {faults.Rows:N0} of ")
        + string.Create(CultureInfo.InvariantCulture,
            $"{cells:N0} cells of {file} do not read so: {faults.First.Reason} (")
        + SourceKind.Numbered(SourceKind.HasLines(format, file), faults.First.Line) + ").";

    /// <summary>Cells that read as the column, missing ones left out.</summary>
    static long Read(StageContext context, SourceOutcome source, string column)
    {
        var missing = 0L;
        foreach (var part in source.Parts)
            if (part.Profile is { } profile)
                missing += PartStages.Load(context, profile).Columns
                    .FirstOrDefault(sketch => sketch.Name == column)?.Missing ?? 0;
        return source.KeptRows - missing;
    }
}
