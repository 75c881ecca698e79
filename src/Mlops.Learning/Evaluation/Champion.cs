using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <summary>The model to beat, where it answers the same question about the same columns.</summary>
static class Champion
{
    /// <returns>No model, and the reason, where the champion cannot be compared; neither without a champion.</returns>
    public static async Task<(LoadedModel? Champion, string? Refusal)> Open(
        StageContext context, EvaluateInput input, LoadedModel challenger)
    {
        if (input.Champion is null)
            return (null, null);
        var champion = await LoadedModel.Open(context, input.Champion).ConfigureAwait(false);
        return Reason(champion, challenger, input.Table.Schema) is { } reason
            ? (null, $"the champion is not compared: {reason}")
            : (champion, null);
    }

    static string? Reason(LoadedModel champion, LoadedModel challenger, TableSchema schema)
    {
        if (champion.Train.Task != challenger.Train.Task)
            return $"it is a {champion.Train.Task.ToString().ToLowerInvariant()} model";
        if (champion.Train.Label != challenger.Train.Label)
            return $"it predicts '{champion.Train.Label}'";
        if (champion.Train.Task == LearningTask.Binary
            && !champion.Details.Classes.SequenceEqual(challenger.Details.Classes))
            return $"its classes are {string.Join(" and ", champion.Details.Classes)}";
        var unfit = champion.Details.Columns.FirstOrDefault(column => schema.Find(column.Column)?.Type != column.Type);
        if (unfit is null)
            return null;
        return schema.Find(unfit.Column) is { } found
            ? $"its column '{unfit.Column}' was {unfit.Type} and is {found.Type} now"
            : $"its column '{unfit.Column}' is gone";
    }
}
