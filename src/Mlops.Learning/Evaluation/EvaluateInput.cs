using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <param name="Champion">The model of this pipeline that was packaged before this one,
/// if there is one.</param>
public sealed record EvaluateInput(
    TrainedModel Model, TableParts Table, Artifact Assignment,
    EvaluateSpecification Evaluate, TrainedModel? Champion);

/// <param name="Metrics">Names out of <see cref="MetricCatalog"/>,
/// the first is the one that matters most.</param>
/// <param name="Slices">Columns whose values the metrics are also told apart by.</param>
/// <param name="ImportanceRows">Most holdout rows used for permutation importance; 0 leaves it out.</param>
/// <param name="Redacted">Those of the slices whose values nobody is shown; null for none.</param>
public sealed record EvaluateSpecification(
    IReadOnlyList<string> Metrics, IReadOnlyList<string> Slices,
    IReadOnlyList<Gate> Gates, int ImportanceRows = 5000,
    IReadOnlyList<string>? Redacted = null);

/// <summary>What a model must reach to be packaged.</summary>
/// <param name="Min">Lowest acceptable value.</param>
/// <param name="Max">Highest acceptable value.</param>
/// <param name="BeatsBaseline">It must be better than the naive baseline.</param>
/// <param name="ChampionTolerance">It may be worse than the champion by at most this much,
/// in the metric's unit; not run where there is no champion.</param>
/// <param name="EverySlice">Min and Max hold for each slice too; fails where none can be judged.</param>
public sealed record Gate(
    string Metric,
    double? Min = null,
    double? Max = null,
    bool BeatsBaseline = false,
    double? ChampionTolerance = null,
    bool EverySlice = false);
