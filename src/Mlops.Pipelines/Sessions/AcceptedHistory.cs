using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Pipelines.Sessions;

/// <summary>A dataset that was accepted, by its identity, and the one accepted before it.</summary>
sealed record AcceptedDataset(Digest Identity, AcceptedData Data, AcceptedData? Previous);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<AcceptedDataset>))]
sealed partial class AcceptedJson : JsonSerializerContext;

/// <summary>
/// The datasets of a cell that were accepted, the latest last, each once. History is an input: a new dataset
/// is held against the latest, and one that was accepted before against the same as then.
/// </summary>
sealed class AcceptedHistory(Workspace workspace)
{
    const int Kept = 20;

    public AcceptedData? PreviousOf(string pipeline, string? cell, Digest identity) =>
        PreviousOf(Read(pipeline, cell), identity);

    public void Accepted(string pipeline, string? cell, Digest identity, AcceptedData data)
    {
        var past = Read(pipeline, cell);
        if (past is [.., var latest] && latest.Identity == identity && latest.Data == data)
            return;
        var accepted = new AcceptedDataset(identity, data, PreviousOf(past, identity));
        IReadOnlyList<AcceptedDataset> next =
            [.. past.Where(other => other.Identity != identity).Append(accepted).TakeLast(Kept)];
        workspace.Remember(
            Name(pipeline, cell),
            JsonSerializer.SerializeToUtf8Bytes(next, AcceptedJson.Default.IReadOnlyListAcceptedDataset));
    }

    static AcceptedData? PreviousOf(IReadOnlyList<AcceptedDataset> past, Digest identity) =>
        past.FirstOrDefault(other => other.Identity == identity) is { } known
            ? known.Previous
            : past is [.., var latest] ? latest.Data : null;

    IReadOnlyList<AcceptedDataset> Read(string pipeline, string? cell) =>
        workspace.Recall(Name(pipeline, cell), AcceptedJson.Default.IReadOnlyListAcceptedDataset) ?? [];

    static NoteName Name(string pipeline, string? cell) => new("accepted", pipeline, cell);
}
