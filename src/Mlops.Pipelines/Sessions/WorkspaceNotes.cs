using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mlops.Engine;

namespace Mlops.Pipelines.Sessions;

/// <summary>Notes that are records of this layer.</summary>
static class WorkspaceNotes
{
    /// <summary>Null if there is none, or it is not of the shape that this build writes.</summary>
    public static T? Recall<T>(this Workspace workspace, NoteName name, JsonTypeInfo<T> type)
        where T : class => workspace.Recall(name) is { } content ? Read(content, type) : null;

    /// <inheritdoc cref="Recall"/>
    public static IEnumerable<T> RecallAll<T>(this Workspace workspace, string kind, JsonTypeInfo<T> type)
        where T : class => workspace.RecallAll(kind).Select(content => Read(content, type)).OfType<T>();

    static T? Read<T>(byte[] content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
