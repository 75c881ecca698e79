namespace Mlops.Engine;

/// <summary>
/// What stays: keys, with the calls inside them, and the artifacts that their records name.
/// </summary>
/// <param name="stored">Length of each file of the store.</param>
sealed class Kept(IReadOnlyDictionary<Digest, KnownTrace> traces, IReadOnlyDictionary<Digest, long> stored)
{
    readonly HashSet<Digest> keys = [];
    readonly HashSet<Digest> artifacts = [];

    public long Bytes { get; private set; }

    public bool HasKey(Digest key) => keys.Contains(key);

    public bool HasArtifact(Digest digest) => artifacts.Contains(digest);

    public void AddArtifact(Digest digest)
    {
        if (artifacts.Add(digest))
            Bytes += stored.GetValueOrDefault(digest);
    }

    public void Add(Digest key) => Add(key, long.MaxValue);

    /// <summary>Adds the key with all that hangs on it.</summary>
    /// <returns>False, and nothing is added, if more bytes than the limit would stay.</returns>
    public bool Add(Digest key, long limit)
    {
        var (newKeys, newArtifacts, bytes) = (new HashSet<Digest>(), new HashSet<Digest>(), 0L);
        var open = new Stack<Digest>([key]);
        while (open.TryPop(out var next))
        {
            if (keys.Contains(next) || !traces.TryGetValue(next, out var trace) || !newKeys.Add(next))
                continue;
            bytes += trace.Bytes;
            var made = trace.Artifacts.Select(artifact => artifact.Digest);
            // A key that was published is an artifact of its own name.
            foreach (var digest in made.Concat(trace.Inputs).Append(next))
                if (!artifacts.Contains(digest) && newArtifacts.Add(digest))
                    bytes += stored.GetValueOrDefault(digest);
            foreach (var child in trace.Children)
                open.Push(child);
        }
        if (limit < long.MaxValue && Bytes + bytes > limit && bytes > 0)
            return false;
        keys.UnionWith(newKeys);
        artifacts.UnionWith(newArtifacts);
        Bytes += bytes;
        return true;
    }
}
