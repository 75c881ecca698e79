using System.Security.Cryptography;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;
using DataFrame = Microsoft.Data.Analysis.DataFrame;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What is in a raw file: read whole, once, and kept nowhere.</summary>
/// <param name="Format">As it was guessed and could be read.</param>
/// <param name="Rows">Those that parse.</param>
sealed record DataSurvey(
    TextFormat Format, IReadOnlyList<SurveyedColumn> Columns, long Rows, long QuarantinedRows)
{
    /// <exception cref="ProblemException">The file cannot be read.</exception>
    public static async Task<DataSurvey> Of(string path, CancellationToken cancellation) => await Of(
        path,
        SourceKind.Of(Path.GetFileName(path)) is null
            ? await FormatGuess.Of(path, cancellation) : new TextFormat(),
        cancellation);

    /// <summary>As "150 rows, 5 columns".</summary>
    public string Extent =>
        $"{Counted.Of(Rows, "row", "rows")}, {Counted.Plain(Columns.Count, "column", "columns")}";

    static async Task<DataSurvey> Of(string path, TextFormat format, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("mlops-survey-");
        try
        {
            await using var bytes = File.OpenRead(path);
            var digest = Digest.FromBytes(await SHA256.HashDataAsync(bytes, cancellation));
            var source = new SourceFile(Path.GetFileName(path), digest, bytes.Length);
            var context = new ScratchContext(
                scratch.FullName, new Dictionary<Digest, string> { [digest] = path }, null, cancellation);
            var ingest = IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());
            var input = new IngestInput([source], format, null, null, 1);
            var dataset = await context.Call(ingest, input);
            var table = await TableReading.Load(context, dataset.Table);
            var forms = CellForms.Of(table, format);
            if (forms.Count > 0)
            {
                dataset = await context.Call(ingest, forms.Declared(input, table.Schema));
                table = await TableReading.Load(context, dataset.Table);
            }
            return new DataSurvey(
                format,
                [.. PartProfile.Of(table).Columns.Select((sketch, column) => new SurveyedColumn(
                    table.Schema.Columns[column], ProfileSummary.Of(sketch), IsUnique(table[column]),
                    forms.Of(sketch.Name)))],
                table.RowCount, dataset.QuarantinedRows);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>No value missing, none twice: exactly, where a profile only estimates.</summary>
    static bool IsUnique(ColumnValues values)
    {
        var seen = new HashSet<string>(values.Count, StringComparer.Ordinal);
        for (var row = 0; row < values.Count; row++)
            if (values.Text(row) is not { } text || !seen.Add(text))
                return false;
        return values.Count > 0;
    }
}

/// <param name="IsUnique">Every row has a value of its own.</param>
/// <param name="Form">How its cells are written; null where as the format says.</param>
sealed record SurveyedColumn(
    Column Column, ColumnProfile Profile, bool IsUnique, CellForm? Form = null)
{
    public string Name => Profile.Name;

    public ColumnType Type => Profile.Type;

    public long Rows => Profile.Count + Profile.Missing;

    public double MissingShare => Rows == 0 ? 0 : (double)Profile.Missing / Rows;

    public bool IsNumber => Type.IsNumber();

    /// <summary>
    /// Nearly every row has its own text: a name, an address, a remark, and nothing to learn from.
    /// </summary>
    public bool IsNearlyUniqueText => Type.IsText() && Profile.Distinct > Math.Max(20, Profile.Count / 2);
}
