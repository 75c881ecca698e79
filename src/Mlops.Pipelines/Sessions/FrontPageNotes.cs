using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Engine;
using Mlops.Reporting;

namespace Mlops.Pipelines.Sessions;

/// <summary>What the front page last said of one pipeline.</summary>
/// <param name="Folder">The pipeline's folder, relative to the pipelines' directory.</param>
sealed record FrontPageNote(string Pipeline, string Folder, IReadOnlyList<IndexEntry> Entries);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FrontPageNote))]
sealed partial class FrontPageJson : JsonSerializerContext;

/// <summary>
/// Remembers what the front page says of each pipeline, so that a run over some pipelines does not take the
/// others off the page.
/// </summary>
sealed class FrontPageNotes(Workspace workspace)
{
    const string Kind = "front-page";

    static readonly NoteName PageName = new("front-page-digest");

    /// <summary>
    /// Whether the notes already say what this page says: a page is a function of its entries, so most runs
    /// need not look further.
    /// </summary>
    public bool IsOf(Digest page) =>
        workspace.Recall(PageName) is { } digest && Encoding.ASCII.GetString(digest) == page.ToString();

    public void SetPage(Digest page) =>
        workspace.Remember(PageName, Encoding.ASCII.GetBytes(page.ToString()));

    /// <summary>Entries of pipelines that still exist but are not part of this run.</summary>
    public IReadOnlyList<IndexEntry> OfOthers(string pipelinesDirectory, IReadOnlySet<string> selected) =>
    [
        .. workspace.RecallAll(Kind, FrontPageJson.Default.FrontPageNote)
            .Where(note => !selected.Contains(note.Pipeline)
                && File.Exists(Path.Combine(pipelinesDirectory, note.Folder, "pipeline.yaml")))
            .OrderBy(note => note.Pipeline, StringComparer.Ordinal)
            .SelectMany(note => note.Entries),
    ];

    /// <summary>Writes only where something changed: a run that executed nothing writes nothing.</summary>
    public void Remember(FrontPageNote note)
    {
        var name = new NoteName(Kind, note.Pipeline);
        var content = JsonSerializer.SerializeToUtf8Bytes(note, FrontPageJson.Default.FrontPageNote);
        if (workspace.Recall(name) is not { } before || !before.AsSpan().SequenceEqual(content))
            workspace.Remember(name, content);
    }
}
