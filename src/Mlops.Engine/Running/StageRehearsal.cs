namespace Mlops.Engine;

/// <summary>Makes a call with a made-up raw file, for nothing but the code that it loads.</summary>
public static class StageRehearsal
{
    /// <summary>
    /// What comes out is thrown away, and nothing stays behind, nor of those that were killed before. It
    /// works in the system's folder for temporary files: no workspace is touched before anybody knows that it
    /// is one.
    /// </summary>
    /// <param name="input">Made of the file's digest and length.</param>
    public static async Task Run<TInput, TOutput>(
        Stage<TInput, TOutput> stage, byte[] source, Func<Digest, long, TInput> input,
        CancellationToken cancellation)
    {
        try
        {
            using var folder = RehearsalFolder.Create();
            var digest = Digest.Of(source);
            var file = Path.Combine(folder.Location, "source");
            File.WriteAllBytes(file, source);
            var context = new ScratchContext(
                folder.Location, new Dictionary<Digest, string> { [digest] = file },
                cancellation: cancellation);
            var call = StageCall.Of(stage, input(digest, source.Length));
            var record = call.WriteOutput(await call.Execute(context));
            NamedArtifacts.In(record);
            call.ReadOutput(record);
            folder.RemoveLeftovers(cancellation);
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            // What is wrong with the disk is said when something depends on it.
        }
    }
}
