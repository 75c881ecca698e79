using System.Globalization;
using System.Text;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>
/// The model card in Markdown, in the sections of Mitchell et al., "Model Cards for Model Reporting" (2019).
/// </summary>
static class ModelCard
{
    const string NotProvided = "not provided";

    public static string Write(PackageInput input, TrainingDetails details)
    {
        var card = new StringBuilder();
        Line(card,
            $"# {input.Pipeline}{(input.Cell is null ? "" : $" ({input.Cell})")} {input.Package.Version}");
        Section(card, "What it is", Facts(input, details));
        Section(card, "Intended use", [input.Package.IntendedUse ?? NotProvided]);
        Section(card, "Limitations", [input.Package.Limitations ?? NotProvided]);
        Section(card, "Training", Training(input, details));
        Section(card, "Input columns",
            Table(["Column", "Type", "Used as", "Slots"], FeatureSlots.Of(details).Select(Feature)));
        Section(card, "Metrics", Metrics(input));
        Section(card, "Gates", input.Evaluation.Gates.Count == 0
            ? ["none declared"]
            : input.Evaluation.Gates.Select(Gate));
        Section(card, "Where it comes from",
            Table(["Role", "Name", "SHA-256", "Bytes"], input.Lineage.Select(entry =>
                (string[])[entry.Role, entry.Name, $"{entry.Digest}", Text(entry.LengthBytes)])));
        return card.ToString();
    }

    static string[] Feature((FeatureColumn Column, int Gaps) feature) =>
    [
        feature.Column.Column, $"{feature.Column.Type}",
        $"{feature.Column.Kind}{(feature.Gaps > 0 ? ", and whether it is missing" : "")}",
        Text(feature.Column.Slots + feature.Gaps),
    ];

    static IEnumerable<string> Facts(PackageInput input, TrainingDetails details) =>
    [
        OneLine(input.Package.Description ?? $"Description: {NotProvided}"),
        "",
        $"- Predicts: {OneLine(input.Model.Train.Label)} ({Kind(details, input.Model.Train.Task)})",
        $"- Owner: {OneLine(input.Package.Owner ?? NotProvided)}",
        $"- Licence: {OneLine(input.Package.Licence ?? NotProvided)}",
        $"- Format: ML.NET model, {PackageVersions.MicrosoftML}",
    ];

    static string Kind(TrainingDetails details, LearningTask task) => task switch
    {
        LearningTask.Binary => OneLine($"binary: '{details.Classes[1]}' against '{details.Classes[0]}'"),
        LearningTask.Multiclass => OneLine($"one of {string.Join(", ", details.Classes)}"),
        _ => "a number",
    };

    static IEnumerable<string> Training(PackageInput input, TrainingDetails details) =>
    [
        $"- Trainer: {Trainer(TrainerCatalog.WithDefaults(input.Model.Train.Trainer))}, seed "
        + $"{Text(input.Model.Train.Seed)}",
        $"- Training rows: {Text(input.Model.TrainRows)}",
        $"- Holdout rows: {Text(input.Evaluation.HoldoutRows)}",
        $"- Feature slots: {Text(details.FeatureNames.Count)}",
        .. details.Notes.Select(note => "- " + OneLine(note)),
    ];

    static string Trainer(TrainerSpecification trainer)
    {
        (string Name, double? Value)[] options =
        [
            ("trees", trainer.Trees), ("leaves", trainer.Leaves), ("learning rate", trainer.LearningRate),
            ("min rows per leaf", trainer.MinRowsPerLeaf), ("feature fraction", trainer.FeatureFraction),
            ("iterations", trainer.Iterations), ("L1", trainer.L1),
            ("L2", trainer.L2), ("threads", trainer.Threads),
        ];
        var given = options.Where(option => option.Value is not null)
            .Select(option => $"{option.Name} {Text(option.Value)}");
        return $"{trainer.Name} ({string.Join(", ", given)})";
    }

    static string Gate(GateOutcome gate) =>
        $"- {(gate.IsMet ? "passed" : gate.Passed ? "not run" : "**failed**")}: {OneLine(gate.Sentence)}";

    static IEnumerable<string> Metrics(PackageInput input)
    {
        var definitions = MetricCatalog.Of(input.Model.Train.Task).ToDictionary(metric => metric.Name);
        return Table(["Metric", "Value", "Baseline", "Champion", "Definition"],
            input.Evaluation.Metrics.Select(metric =>
                (string[])
                [
                    metric.Name, Text(metric.Value), Text(metric.Baseline), Text(metric.Champion),
                    definitions.GetValueOrDefault(metric.Name)?.Definition ?? "",
                ]));
    }

    static IEnumerable<string> Table(string[] heads, IEnumerable<string[]> rows) =>
        new[] { heads, [.. heads.Select(_ => "---")] }.Concat(rows)
            .Select(cells => $"| {string.Join(" | ", cells.Select(Cell))} |");

    static string Cell(string text) => OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Data decides no structure: line breaks become blanks and no tag opens.</summary>
    static string OneLine(string text) =>
        text.ReplaceLineEndings(" ").Replace("<", "&lt;", StringComparison.Ordinal);

    static string Text(double? number) =>
        number is { } value ? value.ToString("G6", CultureInfo.InvariantCulture) : "–";

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static void Section(StringBuilder card, string title, IEnumerable<string> lines)
    {
        Line(card, "");
        Line(card, "## " + title);
        Line(card, "");
        foreach (var line in lines)
            Line(card, line.ReplaceLineEndings("\n"));
    }

    static void Line(StringBuilder card, string line) => card.Append(line).Append('\n');
}
