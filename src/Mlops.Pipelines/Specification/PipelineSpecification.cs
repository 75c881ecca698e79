using System.Text.Json.Serialization;
using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Validation;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Specification;

/// <summary>One <c>pipeline.yaml</c>, read, checked and with every default written out.</summary>
/// <param name="Directory">The folder of the file, absolute; relative paths start there.
/// Never part of a key.</param>
/// <param name="Steps">Programs that run before the data is read, by name.</param>
/// <param name="Learns">
/// False for a pipeline of steps alone: then the sections from <c>matrix</c> to <c>monitor</c> are what
/// nothing written means.
/// </param>
/// <param name="Split">How rows are divided; a pipeline always has a split.</param>
/// <param name="Monitor">Null where the pipeline is not monitored.</param>
public sealed record PipelineSpecification(
    [property: JsonIgnore] string Directory,
    string Name,
    string? Title,
    string? Description,
    string? Owner,
    [property: JsonIgnore] bool Learns,
    IReadOnlyDictionary<string, StepSpecification> Steps,
    MatrixSpecification? Matrix,
    DataSpecification Data,
    ValidationRules Validate,
    SplitSpecification Split,
    TrainSpecification Train,
    EvaluateSpecification Evaluate,
    PackageSpecification Package,
    MonitorSpecification? Monitor)
{
    /// <summary>Where its rules stand in the file; null for one that was read from none.</summary>
    [JsonIgnore]
    public RulePlaces? Places { get; init; }
}

/// <summary>One model per value of a column.</summary>
/// <param name="Values">The values to build; null takes every value that the column has.</param>
public sealed record MatrixSpecification(string Column, IReadOnlyList<string>? Values);

/// <param name="Sources">Globs relative to the pipeline's folder, or absolute;
/// and references to outputs of steps.</param>
/// <param name="Columns">Declared columns; null infers them.</param>
/// <param name="Time">The column that says when a row happened.</param>
/// <param name="Derive">Name of a derived-columns hook of the build.</param>
/// <param name="Sql">A statement over the sources; null reads them themselves.</param>
/// <param name="Downloads">Sources elsewhere; null if there are none.</param>
/// <param name="Partitions">Columns out of the files' paths; null takes those that all paths have.</param>
/// <param name="OnSchemaChange">One of <see cref="SchemaChange"/>; null is to fail.</param>
/// <param name="QuarantineMaxCount">Rows of a source that may fail to parse; null for any number.</param>
public sealed record DataSpecification(
    IReadOnlyList<string> Sources,
    TextFormat Format,
    IReadOnlyList<ColumnDeclaration>? Columns,
    IReadOnlyList<string> Key,
    string? Time,
    string? Derive,
    double QuarantineMaxShare,
    string? Sql = null,
    IReadOnlyList<RemoteFile>? Downloads = null,
    IReadOnlyList<string>? Partitions = null,
    string? OnSchemaChange = null,
    long? QuarantineMaxCount = null);
