using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine;

/// <summary>Reads records that somebody else wrote: what must be there has to be there.</summary>
static class StrictJson
{
    /// <summary>The same type, read so that no property is missing or null that may not be.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type)
    {
        var options = new JsonSerializerOptions(type.Options)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = type.Options.TypeInfoResolver!.WithAddedModifier(Require),
        };
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { } parameter)
                property.IsRequired = !MayBeNull(property.PropertyType, parameter.IsNullable);
            else if (property.Set is not null)
                property.IsRequired = !MayBeNull(property.PropertyType, property.IsSetNullable);
    }

    static bool MayBeNull(Type type, bool annotated) =>
        type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : annotated;

    /// <summary>Whether a list has an entry that is null: no type says that it may not.</summary>
    public static bool HasNullInList(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array =>
            element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null || HasNullInList(item)),
        JsonValueKind.Object => element.EnumerateObject().Any(property => HasNullInList(property.Value)),
        _ => false,
    };
}
