using System.Text;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>What was released, and how to check all of it without trusting this page.</summary>
static class PackageSections
{
    public static ScriptObject Package(ModelPackage package) => Fields.Of(
        ("file", package.FileName),
        ("version", package.Version),
        ("digest", Show.Digest(package.Archive.Digest)),
        ("size", Show.Size(package.Archive.LengthBytes)),
        ("bytes", Counted.Of(package.Archive.LengthBytes)),
        ("golden", Marks.Chip(package.EqualRows == package.GoldenRows ? "ok" : "bad",
            $"{package.EqualRows} of {package.GoldenRows} equal to the bit")),
        ("chip", Marks.Chip(package.Judgement.Accepted ? "ok" : "bad",
            package.Judgement.Accepted ? "package accepted" : "package rejected")),
        ("contents", Fields.List(package.Contents, entry => Fields.Of(
            ("role", entry.Role), ("name", entry.Name), ("digest", Show.Digest(entry.Digest)),
            ("bytes", Show.Cell(entry.LengthBytes))))),
        ("findings", Fields.Sentences(package.Judgement.Findings)));

    /// <summary>
    /// Lists that <c>sha256sum --check</c> reads: one for the package, one for the raw files.
    /// </summary>
    public static ScriptObject Verify(AuditEvidence evidence)
    {
        var sources = evidence.IsOfSteps
            ? LineageSources.Of(evidence).Raw()
            : (evidence.Input.Dataset?.Sources ?? []).Select(source => source.File);
        return Fields.Of(
            ("of_steps", evidence.IsOfSteps),
            ("outputs", Fields.Sentences(
                StepsPage.Made(evidence).Select(file => SumLine(file.Artifact.Digest, file.Path)))),
            ("package", evidence.Input.Package is { } package
                ? new Prose(SumLine(package.Archive.Digest, package.FileName)) : null),
            ("package_digest", evidence.Input.Package?.Archive.Digest.ToString()),
            ("sources", Fields.Sentences(sources.Select(source =>
                SumLine(source.Digest, source.Name)))),
            ("templates", Fields.List(evidence.Input.Templates, File)));
    }

    /// <summary>
    /// One line as GNU coreutils write it; names with a backslash or line end are escaped and marked.
    /// </summary>
    static string SumLine(Digest digest, string name)
    {
        var escaped = new StringBuilder(name)
            .Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r").ToString();
        return (escaped == name ? "" : "\\") + $"{digest}  {escaped}";
    }

    public static ScriptObject Completeness(AuditEvidence evidence)
    {
        var texts = Cards.HumanText(evidence)
            .Select(field => (Stage: field.Label, Given: !string.IsNullOrWhiteSpace(field.Text),
                Source: "people"));
        var facts = evidence.Chain
            .Select(link => (link.Stage, Given: link.Reached, Source: "pipeline"))
            .Concat(evidence.IsOfSteps
                ? []
                : [(Stage: "Monitor", Given: evidence.Input.Monitor is not null, Source: "pipeline")]);
        var all = facts.Concat(texts).ToArray();
        return Fields.Of(
            ("given", all.Count(item => item.Given)),
            ("asked", all.Length),
            ("items", Fields.List(all, item => Fields.Of(
                ("name", item.Stage), ("source", item.Source),
                ("chip", item.Given ? Marks.Chip("ok", "present") : Marks.Chip("plain",
                    item.Source == "people" ? "not provided" : "not reached"))))),
            ("evidence", Fields.List(Evidence(evidence)
                .Concat(evidence.IsOfSteps ? StepsPage.Captured(evidence) : []), item => Fields.Of(
                ("what", item.What), ("proves", item.Proves), ("digest", Show.Digest(item.Artifact.Digest)),
                ("type", item.Artifact.MediaType), ("bytes", Show.Cell(item.Artifact.LengthBytes))))));
    }

    static ScriptObject File(SourceFile file) => Fields.Of(
        ("name", file.Name), ("digest", Show.Digest(file.Digest)), ("bytes", Show.Cell(file.LengthBytes)));

    static IEnumerable<(string What, string Proves, Artifact Artifact)> Evidence(AuditEvidence evidence)
    {
        var input = evidence.Input;
        foreach (var source in input.Dataset?.Sources ?? [])
            if (source.Quarantine is { } quarantine)
                yield return ($"quarantine of {source.File.Name}",
                    "rows that did not parse, as text, with line and reason", quarantine);
        if (evidence.Aside?.Csv is { } csv)
            yield return ("quarantine.csv", "every row set aside, where it stands, and why", csv);
        foreach (var file in evidence.Aside?.Files ?? [])
            yield return ($"rows set aside of {file.Source}", file.IsRaw
                ? "they stand in the source so, byte for byte" : "each as JSON, as it was read", file.File);
        if (input.Validation is { } validation)
            yield return ("validation details", "the profile and every check's outcome", validation.Details);
        if (input.Split is { } split)
            yield return ("split assignment", "which row was trained on and which held out",
                split.Assignment);
        if (input.Model is { } model)
        {
            yield return ("model", "the fitted model itself", model.Model);
            yield return ("training details", "feature encodings and the naive baseline", model.Details);
        }
        if (input.Evaluation is { } evaluation)
            yield return ("evaluation details", "curves, slices and importance", evaluation.Details);
        if (input.Package is { } package)
            yield return ("package", "what applications run", package.Archive);
        if (input.Monitor is { } monitor)
            yield return ("monitoring details", "drift per column and performance by period",
                monitor.Details);
    }
}
