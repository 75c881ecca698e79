namespace Mlops.Engine;

/// <summary>Makes a file outside the workspace hold an artifact: whole, or as it was before.</summary>
sealed class Placement(AtomicFiles files, TimeProvider clock)
{
    const int MostAttempts = 20;

    /// <exception cref="ProblemException">The folder cannot be written to,
    /// or its disk is full (ENGINE-031).</exception>
    public void Place(string stored, string path)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                PlaceOnce(stored, path);
                return;
            }
            catch (IOException)
                when (attempt < MostAttempts && !Directory.Exists(Path.GetDirectoryName(path)))
            {
                // Another process took the empty folder away just when it was made.
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw Refused(path, refused);
            }
    }

    void PlaceOnce(string stored, string path)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        if (!FileLinks.AreApart(files.Aside(), path) && Place(stored, files.Aside(), path))
            return;
        RemoveLeftovers(folder);
        Place(stored, Path.Combine(
            folder, $".{Path.GetFileName(path)}.{Path.GetFileName(files.Aside())}"), path);
    }

    /// <returns>False if the file could not be renamed to there from where it was aside.</returns>
    bool Place(string stored, string aside, string path)
    {
        try
        {
            files.Changing($"create {aside}");
            FileLinks.Place(stored, aside, clock.GetUtcNow().UtcDateTime);
            files.Changing($"rename {path}");
            return FileLinks.TryRename(aside, path);
        }
        finally
        {
            // Also after a rename that went well: over another name of the same file it does nothing.
            AtomicFiles.Discard(aside);
        }
    }

    /// <summary>
    /// In another file system files are aside beside their place, where a killed process leaves them.
    /// </summary>
    static void RemoveLeftovers(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, ".*"))
            if (AtomicFiles.IsLeftover(path[(path.LastIndexOf('.') + 1)..]))
                File.Delete(path);
    }

    public static ProblemException Refused(string path, Exception refused) => new(
        [
            new Problem(
                "ENGINE-031", StoreFaults.IsFullDisk(refused)
                    ? "The disk of the output folder is full."
                    : "An output could not be placed.",
                new Place(path), Expected: "a folder that can be written to", Actual: refused.Message,
                Next: "Free it, or name another with --output-directory, and run again: "
                    + "what was made is kept."),
        ],
        inner: refused);
}
