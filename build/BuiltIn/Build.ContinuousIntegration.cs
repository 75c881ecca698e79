/// <summary>
/// What CI servers do for this repository; <c>./build.sh GenerateCi</c> writes their files from it.
/// </summary>
/// <remarks>
/// The workspace is kept from run to run whatever its state: every step decides by its key what of it is of
/// use, and everything read back is checked against its digest. Its format is part of the kept folders' name.
/// </remarks>
[CiWorkflow(
    "test", "Test", Branches = ["main"], PullRequests = true,
    Systems = [CiSystem.Linux, CiSystem.MacOS, CiSystem.Windows], TimeoutMinutes = 45)]
[CiWorkflow(
    "models", "Package", Join = ["Report", "Monitor"], Partitions = 2, Branches = ["main"],
    PullRequests = true, Schedule = "17 5 * * 1-5", Keep = [".mlops"], KeepFormat = "2",
    Artifacts = ["reports/out"], Variables = ["MLOPS_REMOTE", "MLOPS_REMOTE_MODE"],
    Secrets = ["MLOPS_REMOTE_USER", "MLOPS_REMOTE_PASSWORD", "MLOPS_REMOTE_TOKEN"])]
sealed partial class Build
{
    Target GenerateCi => _ => _
        .Description(
            "Write the workflows of GitHub Actions, GitLab and Azure Pipelines; "
            + "with --check only say what is stale")
        .Executes(() =>
        {
            var stale = CiConfiguration.Of(this).Where(file => !IsFresh(file)).ToList();
            if (Check && stale.Count > 0)
                Assert.Fail(
                    $"Stale: {string.Join(", ", stale.Select(file => file.Path))}. "
                    + "Run ./build.sh GenerateCi");
            foreach (var file in stale)
                Write(file);
        });

    static bool IsFresh(CiFile file) =>
        File.Exists(RootDirectory / file.Path)
        && File.ReadAllText(RootDirectory / file.Path).ReplaceLineEndings("\n") == file.Text;

    static void Write(CiFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(RootDirectory / file.Path)!);
        File.WriteAllText(RootDirectory / file.Path, file.Text);
        Console.WriteLine($"  written    {file.Path}");
    }
}
