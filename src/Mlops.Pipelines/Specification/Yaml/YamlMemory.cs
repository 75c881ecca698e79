using System.Text;
using Mlops.Engine;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>
/// What the files of a workspace's pipelines were parsed into: while a text is what it was it need not be
/// parsed again. Loading and starting the parser takes longer than a small pipeline takes to be planned.
/// </summary>
public sealed class YamlMemory(Workspace workspace)
{
    const string Kind = "yaml";

    readonly Dictionary<NoteName, byte[]> parsed = [];

    /// <summary>The root of a file's only document, parsed unless it is known.</summary>
    /// <inheritdoc cref="YamlText.Read"/>
    internal YamlNode? Read(string text, string file, List<Problem> problems)
    {
        var (name, head) = (NameOf(file), HeadOf(text));
        if (Recalled(name) is { } note && note.AsSpan().StartsWith(head))
            return YamlRecord.Read(new MemoryStream(note, head.Length, note.Length - head.Length), file);
        var before = problems.Count;
        var root = YamlText.Read(text, file, problems);
        if (root is not null && problems.Count == before)
            parsed[name] = [.. head, .. YamlRecord.Write(root)];
        return root;
    }

    /// <summary>Keeps what was parsed now.</summary>
    /// <remarks>Where nothing can be kept, the texts are parsed again.</remarks>
    public void Keep()
    {
        try
        {
            foreach (var (name, note) in parsed)
                workspace.Remember(name, note);
        }
        catch (ProblemException unwritable) when (unwritable.Damaged)
        {
        }
        parsed.Clear();
    }

    /// <summary>Whether it is a note of a file that is no more.</summary>
    public static bool IsOutdated(NoteName note) =>
        note is { Kind: Kind, Pipeline: null, Cell: { } file } && !File.Exists(file);

    /// <remarks>One that cannot be read is none: the text is there.</remarks>
    byte[]? Recalled(NoteName name)
    {
        try
        {
            return workspace.Recall(name);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <remarks>Of no pipeline: what it is called stands in the text.</remarks>
    static NoteName NameOf(string file) => new(Kind, Cell: Path.GetFullPath(file));

    /// <summary>The text, and the code that reads it: another build may read it otherwise.</summary>
    static byte[] HeadOf(string text) => Encoding.ASCII.GetBytes(
        $"{typeof(YamlMemory).Module.ModuleVersionId} {Digest.Of(Encoding.UTF8.GetBytes(text))}\n");
}
