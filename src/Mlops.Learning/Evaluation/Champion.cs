using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <summary>The model to beat, where it answers the same question about the same columns.</summary>
/// <param name="Model">Null without a champion, or where it cannot be compared.</param>
/// <param name="Refusal">Why it cannot be compared.</param>
sealed record Champion(LoadedModel? Model, string? Refusal)
{
    /// <summary>Why a metric has no value of the champion's.</summary>
    public string Absence => Refusal
        ?? (Model is null ? "there is no champion to compare with" : "the champion has none");

    public static async Task<Champion> Open(
        StageContext context, TrainedModel? trained, LoadedModel challenger)
    {
        if (trained is null)
            return new Champion(null, null);
        var model = await LoadedModel.Open(context, trained).ConfigureAwait(false);
        return new Champion(model, null).Unless(OtherQuestion(model, challenger));
    }

    /// <summary>Left out where the table lacks what the champion reads.</summary>
    public Champion IfItFits(Table table) => Model is null ? this : Unless(Model.Misfit(table));

    Champion Unless(string? reason) =>
        reason is null ? this : new Champion(null, $"the champion is not compared: {reason}");

    static string? OtherQuestion(LoadedModel champion, LoadedModel challenger)
    {
        if (champion.Train.Task != challenger.Train.Task)
            return $"it is a {champion.Train.Task.ToString().ToLowerInvariant()} model";
        if (champion.Train.Label != challenger.Train.Label)
            return $"it predicts '{champion.Train.Label}'";
        return champion.Train.Task == LearningTask.Binary
            && !champion.Details.Classes.SequenceEqual(challenger.Details.Classes)
            ? $"its classes are {string.Join(" and ", champion.Details.Classes)}"
            : null;
    }
}
