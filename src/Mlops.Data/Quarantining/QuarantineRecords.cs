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
/// <param name="Unparsed">Rows that did not parse. They belong to the dataset and to no cell of it: for a
/// cell there are none.</param>
/// <param name="Failed">Rows that checks took out.</param>
/// <param name="Places">Where the sampled rows of the checks stand.</param>
/// <param name="Files">The rows set aside of each source that has any, to be put right and handed back; null
/// where columns are redacted, or where there are no such rows.</param>
public sealed record QuarantineResult(
    Artifact? Csv, long Unparsed, long Failed, IReadOnlyList<RowPlace> Places,
    IReadOnlyList<SetAsideFile>? Files = null);

/// <summary>
/// The rows set aside of one source: of a text its beginning (mark, header, lines skipped) and their bytes as
/// they stand there, unpacked; of any other source a JSON object for each. Either is a source itself.
/// </summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Path">Where it lies among those of the other sources: see <see cref="SetAsidePath"/>.</param>
/// <param name="IsRaw">Whether the bytes are the source's own.</param>
public sealed record SetAsideFile(string Source, string Path, Artifact File, long Rows, bool IsRaw);

/// <param name="Row">0-based row of the checked table.</param>
/// <param name="Line">
/// 1-based line of the raw file where the row begins; of a file without lines, or of a result, its 1-based
/// row.
/// </param>
/// <param name="IsLine">Whether it is a line.</param>
public sealed record RowPlace(long Row, string File, long Line, bool IsLine = true);

/// <param name="Unparsed">The rows that did not parse, as JSON lines; null where there are none.</param>
/// <param name="Wanted">Which of the rows kept, from 0;
/// see <see cref="Validation.Checks.RowNumbers"/>.</param>
/// <param name="Names">What the columns are called where the file does not say.</param>
sealed record RawRowsInput(
    SourceBytes Source, TextFormat Format, IReadOnlyList<string> Names, Artifact? Unparsed, Artifact? Wanted);

/// <param name="Rows">A <see cref="RawRow"/> as JSON per line, in file order.</param>
/// <param name="Bytes">What the file begins with before its rows, then the rows with their line ends, byte
/// for byte.</param>
/// <param name="PreambleBytes">How many come before the rows.</param>
sealed record RawRowsFound(
    IReadOnlyList<string> Header, Artifact Rows, Artifact Bytes, long PreambleBytes);

/// <summary>One row as it stands in its file.</summary>
/// <param name="Kept">Which of the rows kept it is; null where it did not parse.</param>
/// <param name="Reason">Why it did not parse; null where it did.</param>
/// <param name="Cells">In the order of the columns, the last ones left out where a source meets its columns
/// as it goes; null where the row has not as many as there are columns.</param>
/// <param name="Offset">How many bytes of the unpacked file come before it; null where a source has no
/// lines.</param>
/// <param name="Length">How many bytes it has with its line end.</param>
sealed record RawRow(
    long? Kept, long Line, string? Column, string? Reason, string Text, IReadOnlyList<string>? Cells,
    long? Offset = null, long? Length = null)
{
    /// <summary>A row that did not parse and whose cells are not known.</summary>
    public static RawRow Of(QuarantinedRow row) =>
        new(null, row.Line, row.Column, row.Reason, row.Text, null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RawRowsInput))]
[JsonSerializable(typeof(RawRowsFound))]
[JsonSerializable(typeof(RawRow))]
[JsonSerializable(typeof(QuarantinedRow))]
sealed partial class QuarantineJson : JsonSerializerContext;
