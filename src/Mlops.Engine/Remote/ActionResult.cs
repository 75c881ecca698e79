namespace Mlops.Engine;

/// <param name="Path">Relative, with forward slashes.</param>
sealed record ActionOutput(string Path, Digest Digest, long LengthBytes);

/// <summary>
/// The message of that name in version 2 of the Remote Execution API, as far as an entry of ours uses it:
/// what caches that check their action-cache entries expect there. All other fields are passed over.
/// </summary>
sealed record ActionResult(IReadOnlyList<ActionOutput> Outputs, int ExitCode = 0)
{
    const string TracePath = "trace.json";
    const int OutputFilesField = 2, ExitCodeField = 4;
    const int PathField = 1, DigestField = 2;
    const int HashField = 1, SizeField = 2;

    /// <summary>
    /// A trace's bytes and, under their digests, the artifacts that it names: all that must
    /// be in the cache too.
    /// </summary>
    public static ActionResult Of(Trace trace, ReadOnlySpan<byte> content) => new(
    [
        new ActionOutput(TracePath, Digest.Of(content), content.Length),
        .. trace.Artifacts.Select(artifact =>
            new ActionOutput($"artifacts/{artifact.Digest}", artifact.Digest, artifact.LengthBytes)),
    ]);

    /// <summary>Where the trace is, if this is an entry of ours.</summary>
    public ActionOutput? Trace =>
        ExitCode == 0 && Outputs.Where(output => output.Path == TracePath).ToList() is [var trace]
            ? trace
            : null;

    public byte[] Write()
    {
        var writer = new WireWriter();
        foreach (var output in Outputs)
            writer.Message(OutputFilesField, file =>
            {
                file.Text(PathField, output.Path);
                file.Message(DigestField, digest =>
                {
                    digest.Text(HashField, output.Digest.ToString());
                    digest.Number(SizeField, output.LengthBytes);
                });
            });
        writer.Number(ExitCodeField, ExitCode);
        return writer.ToArray();
    }

    /// <exception cref="FormatException">It is no such message.</exception>
    public static ActionResult Read(ReadOnlySpan<byte> message)
    {
        var (outputs, exitCode) = (new List<ActionOutput>(), 0);
        var reader = new WireReader(message);
        while (reader.Next())
            if (reader.Field == OutputFilesField)
                outputs.Add(ReadOutput(reader.Bytes));
            else if (reader.Field == ExitCodeField)
                exitCode = (int)reader.Number;
        return new ActionResult(outputs, exitCode);
    }

    static ActionOutput ReadOutput(ReadOnlySpan<byte> message)
    {
        var (path, hash, size) = ("", "", 0L);
        var reader = new WireReader(message);
        while (reader.Next())
            if (reader.Field == PathField)
                path = reader.Text;
            else if (reader.Field == DigestField)
                ReadDigest(reader.Bytes, ref hash, ref size);
        return Digest.TryParse(hash, out var digest) && size >= 0
            ? new ActionOutput(path, digest, size)
            : throw new FormatException(
                $"an output has no SHA-256 digest but '{(hash.Length > 80 ? hash[..80] : hash)}'");
    }

    /// <remarks>A message that comes twice is merged, as the format has it.</remarks>
    static void ReadDigest(ReadOnlySpan<byte> message, ref string hash, ref long size)
    {
        var reader = new WireReader(message);
        while (reader.Next())
            if (reader.Field == HashField)
                hash = reader.Text;
            else if (reader.Field == SizeField)
                size = reader.Number;
    }
}
