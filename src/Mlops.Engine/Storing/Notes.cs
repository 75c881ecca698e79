using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>What a note is about.</summary>
/// <param name="Kind">What it says, as <c>packaged</c>: lowercase letters and hyphens.</param>
/// <param name="Pipeline">Whose it is, and goes with; null where it is of none alone.</param>
/// <param name="Cell">Of the pipeline's matrix.</param>
public sealed record NoteName(string Kind, string? Pipeline = null, string? Cell = null);

/// <param name="Name">Null where nobody can tell: of another version, or damaged.</param>
/// <param name="IsDamaged">It is of no version at all, or not what was written.</param>
/// <param name="Content">What follows its first line.</param>
/// <param name="LengthBytes">Of the whole file.</param>
sealed record Note(
    string Path, NoteName? Name, bool IsDamaged, ReadOnlyMemory<byte> Content, long LengthBytes)
{
    /// <summary>What the note names: later runs may want it, whatever became of its step.</summary>
    public IReadOnlyList<Artifact> Artifacts()
    {
        try
        {
            return NamedArtifacts.In(Content.Span);
        }
        catch (JsonException)
        {
            // Not every note is a record.
            return [];
        }
    }
}

/// <summary>
/// What later runs compare with, <c>notes/…</c>: sealed, a line with the version and the name, then what
/// was remembered. One of another version, under another name or with one changed bit is none.
/// </summary>
sealed class Notes(string directory, AtomicFiles files)
{
    const string Family = "mlops-note/";
    const string Version = Family + "1 ";

    public string Folder { get; } = Directory.CreateDirectory(directory).FullName;

    public byte[]? Recall(NoteName name)
    {
        var line = Line(name);
        return AtomicFiles.Read(PathOf(name.Kind, line)) is { } bytes
            && Sealed.Open(bytes) is { } body && body.Span.StartsWith(line)
                ? body[line.Length..].ToArray()
                : null;
    }

    public void Remember(NoteName name, ReadOnlySpan<byte> content) =>
        files.Write(PathOf(name), Sealed.Close([.. Line(name), .. content]));

    /// <summary>Those of a kind, or of all; in ordinal order of their paths.</summary>
    /// <remarks>What a collection takes away meanwhile is left out.</remarks>
    public IReadOnlyList<Note> All(string kind = "*") =>
        [.. Directory.EnumerateFiles(Folder, $"{kind}.*").Order(StringComparer.Ordinal)
            .Select(Read).OfType<Note>()];

    public void Remove(Note note)
    {
        files.Changing($"delete {note.Path}");
        File.Delete(note.Path);
    }

    Note? Read(string path) => AtomicFiles.Read(path) is { } bytes ? Read(path, bytes) : null;

    Note Read(string path, byte[] bytes)
    {
        if (Sealed.Open(bytes) is not { } body
            || body.Span.IndexOf((byte)'\n') is not (> 0 and var end)
            || !body.Span.StartsWith(Encoding.ASCII.GetBytes(Family)))
            return new Note(path, null, true, default, bytes.Length);
        var content = body[(end + 1)..];
        return body.Span.StartsWith(Encoding.ASCII.GetBytes(Version))
            ? NameIn(body.Span[Version.Length..end]) is { } name && PathOf(name) == path
                ? new Note(path, name, false, content, bytes.Length)
                : new Note(path, null, true, default, bytes.Length)
            : new Note(path, null, false, content, bytes.Length);
    }

    static NoteName? NameIn(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, EngineJson.Default.NoteName);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <remarks>
    /// Written by hand: the first note is asked for before anything else needs the serializer.
    /// </remarks>
    static byte[] Line(NoteName name)
    {
        using var line = new MemoryStream();
        line.Write(Encoding.ASCII.GetBytes(Version));
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("kind", name.Kind);
            if (name.Pipeline is not null)
                json.WriteString("pipeline", name.Pipeline);
            if (name.Cell is not null)
                json.WriteString("cell", name.Cell);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    string PathOf(NoteName name) => PathOf(name.Kind, Line(name));

    string PathOf(string kind, byte[] line) => Path.Combine(Folder, $"{kind}.{Digest.Of(line)}");
}
