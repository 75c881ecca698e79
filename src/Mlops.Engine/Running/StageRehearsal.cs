namespace Mlops.Engine;

/// <summary>Makes a call with a made-up raw file, for nothing but the code that it loads.</summary>
public static class StageRehearsal
{
    /// <summary>What comes out is thrown away, and nothing stays behind.</summary>
    /// <param name="workspaceDirectory">Where it works, as it must somewhere.</param>
    /// <param name="input">Made of the file's digest and length.</param>
    public static async Task Run<TInput, TOutput>(
        string workspaceDirectory, Stage<TInput, TOutput> stage,
        byte[] source, Func<Digest, long, TInput> input)
    {
        string? directory = null;
        try
        {
            directory = new AtomicFiles(Path.Combine(workspaceDirectory, "tmp")).Aside();
            var digest = Digest.Of(source);
            var file = Path.Combine(Directory.CreateDirectory(directory).FullName, "source");
            File.WriteAllBytes(file, source);
            var context = new ScratchContext(directory, new Dictionary<Digest, string> { [digest] = file });
            var call = StageCall.Of(stage, input(digest, source.Length));
            var record = call.WriteOutput(await call.Execute(context));
            NamedArtifacts.In(record);
            call.ReadOutput(record);
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            // What is wrong with the disk is said when something depends on it.
        }
        finally
        {
            if (directory is not null)
                AtomicFiles.Remove(directory);
        }
    }
}
