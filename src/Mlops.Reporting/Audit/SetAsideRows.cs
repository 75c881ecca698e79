using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>
/// Where the rows lie that were set aside, for whoever puts them right, and for whoever checks.
/// </summary>
static class SetAsideRows
{
    /// <summary>The name that the quarantine has beside the page.</summary>
    public const string QuarantineFile = "quarantine.csv";

    /// <summary>What did not parse, above the pages of all cells.</summary>
    public const string UnparsedFile = "../unparsed.csv";

    /// <summary>What did not parse of scored files, above the pages of all cells.</summary>
    public const string ScoredUnparsedFile = "../scored-unparsed.csv";

    const string ScoredFile = "scored-quarantine.csv";

    const string ScoredRawFolder = "scored-quarantine.raw";

    /// <summary>The folder of the rows byte for byte, beside the page.</summary>
    const string RawFolder = "quarantine.raw";

    /// <returns>Null where no row was set aside, or none was looked up.</returns>
    public static ScriptObject? Of(AuditEvidence evidence) =>
        evidence is { Aside: { Csv: not null } aside, Input.Dataset: { } dataset }
            ? Of(aside, dataset.Sources, evidence.Input.Card.Cell is not null, evidence.Input.Rows?.Redact,
                QuarantineFile, RawFolder)
            : null;

    /// <summary>The same of scored files, beside the drift page.</summary>
    public static ScriptObject? OfScored(
        QuarantineResult? aside, ScoredFiles scored, bool isCell) =>
        aside is { Csv: not null }
            ? Of(aside, scored.Sources, isCell, scored.SetAside?.Rows.Redact, ScoredFile, ScoredRawFolder)
            : null;

    static ScriptObject Of(
        QuarantineResult aside, IReadOnlyList<SourceRows> sources, bool isCell,
        IReadOnlyList<string>? redact, string csvName, string rawFolder)
    {
        var read = sources.Sum(source => source.KeptRows + source.QuarantinedRows);
        return Fields.Of(
            ("read", isCell ? null : Counted.Of(read)),
            ("kept", Counted.Of(read - aside.Unparsed - aside.Failed)),
            ("unparsed", Counted.Of(aside.Unparsed)),
            ("failed", Counted.Of(aside.Failed)),
            ("count", Counted.Of(aside.Unparsed + aside.Failed, "row", "rows")),
            ("file", csvName),
            ("digest", Show.Digest(aside.Csv!.Digest)),
            ("redacted", redact is { Count: > 0 } ? NearestNames.Listed(redact) : null),
            ("files", Fields.List(aside.Files ?? [], file => File(file, rawFolder))));
    }

    static ScriptObject File(SetAsideFile file, string folder) => Fields.Of(
        ("source", file.Source),
        ("rows", Show.Cell(file.Rows)),
        ("bytes", Show.Cell(file.File.LengthBytes)),
        ("what", file.IsRaw ? "bytes of the source" : "JSON lines"),
        ("name", $"{folder}/{file.Path}"),
        ("link", $"./{folder}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}"),
        ("digest", Show.Digest(file.File.Digest)));
}
