using System.Text;
using System.Text.Json;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// The models that a cell packaged before, oldest first, each once. History is an input: Evaluate takes the
/// newest that is not the model at hand, so that packaging a model does not make it its own rival.
/// </summary>
sealed class ChampionHistory(Workspace workspace)
{
    /// <summary>Two are enough to always have one that is not the model at hand.</summary>
    const int Kept = 2;

    public IReadOnlyList<TrainedModel> Of(string pipeline, string? cell) =>
        workspace.Recall(Name(pipeline, cell)) is { } note
            ? JsonSerializer.Deserialize(note, LearningJson.Default.IReadOnlyListTrainedModel) ?? []
            : [];

    public void Packaged(string pipeline, string? cell, TrainedModel model)
    {
        var past = Of(pipeline, cell);
        if (past.Count > 0 && past[^1].Model.Digest == model.Model.Digest)
            return;
        IReadOnlyList<TrainedModel> next =
            [.. past.Where(other => other.Model.Digest != model.Model.Digest).Append(model).TakeLast(Kept)];
        workspace.Remember(
            Name(pipeline, cell), JsonSerializer.SerializeToUtf8Bytes(next, LearningJson.Default.IReadOnlyListTrainedModel));
    }

    static string Name(string pipeline, string? cell) =>
        cell is null ? $"champion-{pipeline}" : $"champion-{pipeline}-{Digest.Of(Encoding.UTF8.GetBytes(cell))}";
}
