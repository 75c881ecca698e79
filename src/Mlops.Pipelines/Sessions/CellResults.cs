using System.Text.Json;
using Mlops.Data;
using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// What a run knows of one cell, for whoever sums it up. Null where a step gave nothing or was not asked for.
/// </summary>
/// <param name="Cell">The value of the matrix column; null without a matrix.</param>
/// <param name="Checks">Of the data, each with what was found.</param>
public sealed record CellResults(
    PipelineSpecification Specification,
    string? Cell,
    Dataset? Dataset,
    IReadOnlyList<CheckOutcome> Checks,
    ModelEvaluation? Evaluation,
    ModelPackage? Package,
    MonitorResult? Drift)
{
    public string Name => Cell is null ? Specification.Name : $"{Specification.Name}/{Cell}";

    internal static CellResults Of(Run run, Workspace workspace, CellGraph cell) => new(
        cell.Specification, cell.Cell, run.Output(cell.Dataset), ChecksOf(run, workspace, cell),
        run.Output(cell.Evaluation), run.Output(cell.Package),
        cell.Monitor is null ? null : run.Output(cell.Monitor));

    /// <remarks>An artifact that is gone takes a page's detail with it, not the run.</remarks>
    static IReadOnlyList<CheckOutcome> ChecksOf(Run run, Workspace workspace, CellGraph cell)
    {
        try
        {
            return run.Output(cell.Validation) is { } validation
                ? JsonSerializer.Deserialize(
                    workspace.Read(validation.Details), DataJson.Default.ValidationDetails)?.Checks ?? []
                : [];
        }
        catch (ProblemException)
        {
            return [];
        }
    }
}
