namespace Mlops.Engine;

/// <summary>Where a step stands: which pipeline, which cell of its matrix, which stage.</summary>
/// <param name="Pipeline">Empty for a step over all pipelines.</param>
/// <param name="Cell">The value of the matrix column; null without a matrix.</param>
public sealed record StepName(string Pipeline, string? Cell, string Stage)
{
    /// <summary><c>churn/Train</c>, <c>demand[north]/Train</c>, <c>Index</c>.</summary>
    public override string ToString() =>
        Pipeline.Length == 0 ? Stage : Cell is null ? $"{Pipeline}/{Stage}" : $"{Pipeline}[{Cell}]/{Stage}";
}
