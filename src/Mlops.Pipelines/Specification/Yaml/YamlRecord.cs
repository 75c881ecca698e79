using System.Text;
using Mlops.Engine;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>A document as bytes: its nodes in their order, each with its kind and its place.</summary>
static class YamlRecord
{
    const byte Sequence = 0x10;
    const byte Mapping = 0x11;

    public static byte[] Write(YamlNode root)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        Write(writer, root);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <param name="record">What <see cref="Write(YamlNode)"/> gave.</param>
    /// <param name="file">The file that it is the document of, as problems name it.</param>
    public static YamlNode Read(Stream record, string file)
    {
        using var reader = new BinaryReader(record, Encoding.UTF8);
        return Read(reader, file, "");
    }

    static void Write(BinaryWriter writer, YamlNode node)
    {
        writer.Write(node switch
        {
            YamlScalar scalar => (byte)scalar.Form,
            YamlSequence => Sequence,
            _ => Mapping,
        });
        Write(writer, node.Place);
        if (node is YamlScalar { Text: var text })
            writer.Write(text);
        else if (node is YamlSequence { Items: var items })
            WriteItems(writer, items);
        else if (node is YamlMapping { Entries: var entries })
            WriteEntries(writer, entries);
    }

    static void WriteItems(BinaryWriter writer, IReadOnlyList<YamlNode> items)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
            Write(writer, item);
    }

    static void WriteEntries(BinaryWriter writer, IReadOnlyList<YamlEntry> entries)
    {
        writer.Write7BitEncodedInt(entries.Count);
        foreach (var entry in entries)
        {
            writer.Write(entry.Key);
            Write(writer, entry.Place);
            Write(writer, entry.Value);
        }
    }

    /// <remarks>The field follows from where the node is.</remarks>
    static void Write(BinaryWriter writer, Place place)
    {
        writer.Write7BitEncodedInt(place.Line ?? 0);
        writer.Write7BitEncodedInt(place.Column ?? 0);
    }

    static YamlNode Read(BinaryReader reader, string file, string path)
    {
        var kind = reader.ReadByte();
        var place = ReadPlace(reader, file, path);
        return kind switch
        {
            Sequence => new YamlSequence(place, ReadItems(reader, file, path)),
            Mapping => new YamlMapping(place, ReadEntries(reader, file, path)),
            _ => new YamlScalar(place, reader.ReadString(), (ScalarForm)kind),
        };
    }

    static YamlNode[] ReadItems(BinaryReader reader, string file, string path)
    {
        var items = new YamlNode[reader.Read7BitEncodedInt()];
        for (var i = 0; i < items.Length; i++)
            items[i] = Read(reader, file, YamlPath.Of(path, i));
        return items;
    }

    static YamlEntry[] ReadEntries(BinaryReader reader, string file, string path)
    {
        var entries = new YamlEntry[reader.Read7BitEncodedInt()];
        for (var i = 0; i < entries.Length; i++)
        {
            var key = reader.ReadString();
            var inner = YamlPath.Of(path, key);
            entries[i] = new YamlEntry(key, ReadPlace(reader, file, inner), Read(reader, file, inner));
        }
        return entries;
    }

    static Place ReadPlace(BinaryReader reader, string file, string path) => new(
        file, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), path.Length == 0 ? null : path);
}
