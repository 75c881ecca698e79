using System.Text.Json;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// The models that a cell packaged, the latest last, each once. History is an input: a new model is measured
/// against the latest, and one that was packaged before against the same champion as then, so that neither
/// packaging a model nor going back to an earlier one measures anything again.
/// </summary>
sealed class ChampionHistory(Workspace workspace)
{
    const int Kept = 20;

    public TrainedModel? ChampionOf(string pipeline, string? cell, TrainedModel model) =>
        ChampionOf(Read(pipeline, cell), model);

    public void Packaged(string pipeline, string? cell, TrainedModel model)
    {
        var past = Read(pipeline, cell);
        if (past is [.., var latest] && IsSame(latest.Model, model))
            return;
        var packaged = new PackagedModel(model, ChampionOf(past, model));
        IReadOnlyList<PackagedModel> next =
            [.. past.Where(other => !IsSame(other.Model, model)).Append(packaged).TakeLast(Kept)];
        workspace.Remember(
            Name(pipeline, cell),
            JsonSerializer.SerializeToUtf8Bytes(next, LearningJson.Default.IReadOnlyListPackagedModel));
    }

    static TrainedModel? ChampionOf(IReadOnlyList<PackagedModel> past, TrainedModel model) =>
        past.FirstOrDefault(other => IsSame(other.Model, model)) is { } known
            ? known.Champion
            : past is [.., var latest] ? latest.Model : null;

    static bool IsSame(TrainedModel left, TrainedModel right) => left.Model.Digest == right.Model.Digest;

    IReadOnlyList<PackagedModel> Read(string pipeline, string? cell) =>
        workspace.Recall(Name(pipeline, cell), LearningJson.Default.IReadOnlyListPackagedModel) ?? [];

    static NoteName Name(string pipeline, string? cell) => new("packaged", pipeline, cell);
}
