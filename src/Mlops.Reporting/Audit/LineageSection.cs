using Mlops.Engine;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>The graph from sources to this report, drawn and as a table.</summary>
static class LineageSection
{
    public static ScriptObject Of(AuditEvidence evidence)
    {
        var nodes = Nodes(evidence);
        var names = nodes.ToDictionary(node => node.Id, node => $"{node.Kind} {node.Name}".TrimEnd(),
            StringComparer.Ordinal);
        return Fields.Of(
            ("drawing", LineageGraph.Draw([.. nodes.Select(node => new LineageNode(
                node.Id, node.Layer, node.Kind, node.Name, Label(node), node.Reached, node.From))])),
            ("nodes", Fields.List(nodes, node => Fields.Of(
                ("kind", node.Kind), ("name", node.Name), ("digest", Show.Digest(node.Digest)),
                ("reached", node.Reached),
                ("from", node.From.Count == 0
                    ? "—" : string.Join(", ", node.From.Select(id => names[id])))))));
    }

    static string? Label(LineageStep node) => node.Digest?.Short
        ?? (!node.Reached ? null : node.Id == "report" ? "see the ledger" : "listed above");

    static List<LineageStep> Nodes(AuditEvidence evidence)
    {
        var input = evidence.Input;
        var begin = LineageSources.Of(evidence);
        var nodes = begin.Nodes();
        if (evidence.IsOfSteps)
            return [.. nodes, OfSteps(nodes)];
        var sources = begin.OfDataset(nodes);
        void Add(string id, int layer, string kind, string name, Digest? digest, bool reached,
            params string[] from) =>
            nodes.Add(new LineageStep(id, layer, kind, name, digest, reached, from));
        Add("dataset", 1, "dataset", input.Dataset is { } data
            ? Counted.Of(data.Table.RowCount, "row", "rows") : "",
            evidence.Step("Ingest")?.Output ?? Single(input), input.Dataset is not null, sources);
        Add("validation", 2, "validation", Word(input.Validation?.Judgement),
            input.Validation?.Details.Digest,
            input.Validation is not null, "dataset");
        Add("split", 2, "split", input.Split is { } split ? $"{Counted.Of(split.HoldoutRows)} held out" : "",
            input.Split?.Assignment.Digest, input.Split is not null, "dataset");
        Add("model", 3, "model", input.Model?.Train.Trainer.Name ?? "", input.Model?.Model.Digest,
            input.Model is not null, "validation", "split");
        Add("evaluation", 4, "evaluation", Word(input.Evaluation?.Judgement),
            input.Evaluation?.Details.Digest,
            input.Evaluation is not null, "model");
        Add("package", 5, "package", input.Package?.FileName ?? "", input.Package?.Archive.Digest,
            input.Package is not null, "evaluation");
        nodes.Add(new LineageStep("report", 6, "audit report", "this page", null, true, ["package"]));
        return nodes;
    }

    /// <summary>The report, made from everything that nothing else is made from.</summary>
    static LineageStep OfSteps(IReadOnlyList<LineageStep> nodes)
    {
        var taken = nodes.SelectMany(node => node.From).ToHashSet(StringComparer.Ordinal);
        return new LineageStep(
            "report", 1, "audit report", "this page", null, true,
            [.. nodes.Where(node => node.Kind == "step" && !taken.Contains(node.Id))
                .Select(node => node.Id)]);
    }

    static string Word(Judgement? judgement) =>
        judgement is null ? "" : judgement.Accepted ? "accepted" : "rejected";

    static Digest? Single(AuditInput input) =>
        input.Dataset?.Table.Parts is [var part] ? part.File.Digest : null;
}
