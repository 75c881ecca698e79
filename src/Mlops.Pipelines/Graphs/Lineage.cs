using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Graphs;

/// <summary>What packages say they are made of.</summary>
static class Lineage
{
    /// <summary>
    /// What a package is made of. It begins at the parts, not at the raw files: two raw files that give the
    /// same part give the same package, and the audit report leads from the parts to the files.
    /// </summary>
    public static IReadOnlyList<LineageEntry> Of(
        TableParts table, Artifact assignment, TrainedModel model, ModelEvaluation evaluation) =>
    [
        .. table.Parts.Select((part, index) => Entry("part", $"part {index + 1}", part.File)),
        Entry("split", "assignment", assignment),
        Entry("model", "model", model.Model),
        Entry("evaluation", "evaluation", evaluation.Details),
    ];

    static LineageEntry Entry(string role, string name, Artifact artifact) =>
        new(role, name, artifact.Digest, artifact.LengthBytes);
}
