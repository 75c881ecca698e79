using System.Text;
using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Reads lists of types, of which there are few that differ: equal ones are one.</summary>
sealed class TypeLists
{
    static readonly byte[][] Names = [.. Enum.GetNames<ColumnType>().Select(Encoding.UTF8.GetBytes)];
    static readonly ColumnType[] Types = Enum.GetValues<ColumnType>();

    readonly Dictionary<long, IReadOnlyList<ColumnType>> lists = [];

    /// <param name="reader">Where the list begins.</param>
    public IReadOnlyList<ColumnType> Of(ref Utf8JsonReader reader)
    {
        reader.Array();
        Span<ColumnType> types = stackalloc ColumnType[Types.Length];
        var (count, code) = (0, 0L);
        while (reader.NextItem())
        {
            if (count == types.Length)
                throw new JsonException("There is a type twice.");
            types[count++] = One(ref reader);
            code = code * (Types.Length + 1) + (int)types[count - 1] + 1;
        }
        if (!lists.TryGetValue(code, out var list))
            lists[code] = list = types[..count].ToArray();
        return list;
    }

    public static ColumnType One(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Names.Length; i++)
            if (reader.ValueTextEquals(Names[i]))
                return Types[i];
        throw new JsonException("There is no such type.");
    }
}
