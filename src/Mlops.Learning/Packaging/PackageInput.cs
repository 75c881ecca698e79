using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <param name="Lineage">Everything that made the model, by name and digest.</param>
/// <param name="Redact">Columns whose values are in no file of the package; null for none.</param>
public sealed record PackageInput(
    PackageSpecification Package,
    string Pipeline,
    string? Cell,
    TrainedModel Model,
    ModelEvaluation Evaluation,
    TableParts Table,
    Artifact Assignment,
    IReadOnlyList<LineageEntry> Lineage,
    IReadOnlyList<string>? Redact = null);

/// <param name="Version">Semantic version of the model.</param>
/// <param name="GoldenRows">Holdout rows whose predictions are packed and scored again in
/// another process.</param>
public sealed record PackageSpecification(
    string Version,
    string? Licence,
    string? IntendedUse,
    string? Limitations,
    string? Description,
    string? Owner,
    int GoldenRows = 20);

/// <param name="Role">"source", "part", "split", "model", "evaluation".</param>
public sealed record LineageEntry(string Role, string Name, Digest Digest, long LengthBytes);

/// <summary>What Package made.</summary>
/// <param name="Archive">One zip, canonical: the same key gives the same bytes.</param>
/// <param name="FileName">As <c>churn-1.2.0.zip</c>, or <c>demand-north-1.0.0.zip</c> for a cell.</param>
/// <param name="GoldenRows">Rows scored again in a separate process.</param>
/// <param name="EqualRows">Rows whose prediction was equal to the bit;
/// the judgement rejects anything less than all.</param>
/// <param name="Profile">
/// A <see cref="Monitoring.ReferenceProfile"/> as JSON, which is in the archive too: what later rows
/// are compared with.
/// </param>
public sealed record ModelPackage(
    Artifact Archive, string FileName, string Version, int GoldenRows, int EqualRows,
    IReadOnlyList<LineageEntry> Contents, Judgement Judgement, Artifact? Profile = null) : IReleased;
