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

    /// <summary>The folder of the rows byte for byte, beside the page.</summary>
    const string RawFolder = "quarantine.raw";

    /// <returns>Null where no row was set aside, or none was looked up.</returns>
    public static ScriptObject? Of(AuditEvidence evidence)
    {
        if (evidence is not { Aside: { Csv: { } csv } aside, Input.Dataset: { } dataset })
            return null;
        var read = dataset.Sources.Sum(source => source.KeptRows) + dataset.QuarantinedRows;
        return Fields.Of(
            ("read", evidence.Input.Card.Cell is null ? Show.Count(read) : null),
            ("kept", Show.Count(read - aside.Unparsed - aside.Failed)),
            ("unparsed", Show.Count(aside.Unparsed)),
            ("failed", Show.Count(aside.Failed)),
            ("count", Show.Count(aside.Unparsed + aside.Failed, "row", "rows")),
            ("file", QuarantineFile),
            ("digest", Show.Digest(csv.Digest)),
            ("redacted", evidence.Input.Rows?.Redact is { Count: > 0 } redact
                ? NearestNames.Listed(redact) : null),
            ("files", Fields.List(aside.Files ?? [], File)));
    }

    static ScriptObject File(SetAsideFile file) => Fields.Of(
        ("source", file.Source),
        ("rows", Show.Cell(file.Rows)),
        ("bytes", Show.Cell(file.File.LengthBytes)),
        ("what", file.IsRaw ? "bytes of the source" : "JSON lines"),
        ("name", $"{RawFolder}/{file.Path}"),
        ("link", $"./{RawFolder}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}"),
        ("digest", Show.Digest(file.File.Digest)));
}
