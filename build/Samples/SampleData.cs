/// <summary>The raw files of the sample pipelines: made up, the same on every machine.</summary>
static class SampleData
{
    /// <summary>
    /// The text of each file by its path below the pipelines' folder, with forward slashes.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Files() =>
        ChurnSample.Files().Concat(DemandSample.Files())
            .ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);

    public static void Write(string pipelinesDirectory)
    {
        foreach (var (path, text) in Files())
        {
            var file = Path.Combine(pipelinesDirectory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}

/// <summary>One raw file.</summary>
sealed record SampleFile(string Path, string Text);
