using System.Text.Json.Serialization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>Everything that was set aside of a dataset, or of a cell of one, and what it was.</summary>
/// <param name="Sources">The raw files, with what became of their rows.</param>
/// <param name="Table">The rows that were checked.</param>
/// <param name="Whole">The dataset that they are a cell of; null where they are the dataset.</param>
/// <param name="MatrixColumn">The column that cells are the values of; null without a matrix.</param>
/// <param name="Cell">The value of the cell.</param>
/// <param name="Details">A <see cref="ValidationDetails"/> whose samples are to be found in
/// the files.</param>
/// <param name="Redact">Columns whose values are shown to nobody.</param>
public sealed record QuarantineInput(
    IReadOnlyList<SourceRows> Sources,
    TextFormat Format,
    TableParts Table,
    TableParts? Whole,
    string? MatrixColumn,
    string? Cell,
    IReadOnlyList<TakenOut> TakenOut,
    Artifact? Details,
    IReadOnlyList<string>? Redact);

/// <summary>Rows in = rows kept + rows that did not parse + rows that checks took out.</summary>
/// <param name="Csv">All rows set aside, for people; null where there are none.</param>
/// <param name="Unparsed">Rows that did not parse; of the whole dataset, for they belong to no cell.</param>
/// <param name="Failed">Rows that checks took out.</param>
/// <param name="Places">Where the sampled rows of the checks stand.</param>
public sealed record QuarantineResult(
    Artifact? Csv, long Unparsed, long Failed, IReadOnlyList<RowPlace> Places);

/// <param name="Row">0-based row of the checked table.</param>
/// <param name="Line">
/// 1-based line of the raw file where the row begins; of a file without lines the 1-based
/// row among those kept.
/// </param>
public sealed record RowPlace(long Row, string File, long Line);

/// <param name="Unparsed">The rows that did not parse, as JSON lines; null where there are none.</param>
/// <param name="Wanted">Which of the rows kept, from 0;
/// see <see cref="Validation.Checks.RowNumbers"/>.</param>
/// <param name="Names">What the columns are called where the file does not say.</param>
sealed record RawRowsInput(
    SourceBytes Source, TextFormat Format, IReadOnlyList<string> Names, Artifact? Unparsed, Artifact? Wanted);

/// <param name="Rows">A <see cref="RawRow"/> as JSON per line, in file order.</param>
sealed record RawRowsFound(IReadOnlyList<string> Header, Artifact Rows);

/// <summary>One row as it stands in its file.</summary>
/// <param name="Kept">Which of the rows kept it is; null where it did not parse.</param>
/// <param name="Reason">Why it did not parse; null where it did.</param>
/// <param name="Cells">Null where it has not as many as there are columns.</param>
sealed record RawRow(
    long? Kept, long Line, string? Column, string? Reason, string Text, IReadOnlyList<string>? Cells);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RawRowsInput))]
[JsonSerializable(typeof(RawRowsFound))]
[JsonSerializable(typeof(RawRow))]
[JsonSerializable(typeof(QuarantinedRow))]
sealed partial class QuarantineJson : JsonSerializerContext;
