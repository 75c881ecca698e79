namespace Mlops.Engine;

/// <summary>
/// Traces by key, <c>traces/ab/abcd…</c>. A trace's first line holds the digest of the rest; one that does
/// not match is treated as absent.
/// </summary>
sealed class TraceStore(string directory, AtomicFiles files)
{
    public Trace? Find(Digest key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        try
        {
            return Read(path) is { } trace && trace.Key == key ? trace : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Keeps a trace, unless there is one that says the same: what is told is when and where an output was
    /// first made, so another process that made it at the same time, or a later one that made it
    /// again, changes nothing.
    /// </summary>
    /// <returns>The trace that is kept.</returns>
    public Trace Add(Trace trace)
    {
        var content = Sealed.Close(
            TraceWriter.ExpectedBytes(trace), buffer => TraceWriter.Write(trace, buffer));
        var path = PathOf(trace.Key);
        if (files.TryCreate(path, content))
            return trace;
        if (Find(trace.Key) is { } first && first.Output == trace.Output
            && IsSame(first.Called, trace.Called))
            return first;
        files.Write(path, content);
        return trace;
    }

    static bool IsSame(IReadOnlyList<CalledStage>? first, IReadOnlyList<CalledStage>? second) =>
        (first ?? []).SequenceEqual(second ?? []);

    /// <summary>Every trace that is whole, in no order.</summary>
    public IEnumerable<Trace> All() => !Directory.Exists(directory) ? [] :
        from path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        where Digest.TryParse(Path.GetFileName(path), out _)
        let trace = Find(Digest.Parse(Path.GetFileName(path)))
        where trace is not null
        select trace;

    /// <returns>Null where it is damaged.</returns>
    public static Trace? Read(string path) =>
        Sealed.Open(File.ReadAllBytes(path)) is { } body ? TraceReader.Read(body) : null;

    public string PathOf(Digest key)
    {
        var hex = key.ToString();
        return Path.Combine(directory, hex[..2], hex);
    }

    /// <summary>The keys that have a file, whole or not.</summary>
    public IEnumerable<Digest> Keys()
    {
        if (!Directory.Exists(directory))
            yield break;
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            if (Digest.TryParse(Path.GetFileName(path), out var key))
                yield return key;
    }

    public void Remove(Digest key)
    {
        files.Changing($"delete {PathOf(key)}");
        File.Delete(PathOf(key));
    }
}
