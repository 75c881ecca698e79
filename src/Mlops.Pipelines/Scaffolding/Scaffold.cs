using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>Makes a pipeline out of a raw file.</summary>
/// <param name="File">The new <c>pipeline.yaml</c>.</param>
/// <param name="Notes">What was guessed and found, in words.</param>
public sealed record Scaffold(string Name, string File, IReadOnlyList<string> Notes)
{
    /// <summary>A larger file stays where it is, and is named by its absolute path.</summary>
    const long LargestCopiedBytes = 100 << 20;

    /// <param name="from">A file of delimited text or JSON lines, packed or not, of Parquet, or of SQLite
    /// with one table.</param>
    /// <param name="name">Of the pipeline; null makes one of the file's.</param>
    /// <param name="label">The column to predict; null guesses.</param>
    /// <exception cref="ProblemException">
    /// There is no such file (PIPE-010), the pipeline is there already or cannot be called so (PIPE-011),
    /// there is nothing to predict (PIPE-012), or the file cannot be read. Nothing is written then.
    /// </exception>
    public static async Task<Scaffold> Make(
        string pipelinesDirectory, string from, string? name, string? label, CancellationToken cancellation)
    {
        if (!System.IO.File.Exists(from))
            throw new ProblemException(new Problem(
                "PIPE-010", "There is no such file to make a pipeline of.", new Place(from),
                Expected: "a file of delimited text, JSON lines, Parquet or SQLite",
                Next: "Name it with --data."));
        var chosen = name ?? NameOf(Path.GetFileName(from));
        var folder = Path.Combine(pipelinesDirectory, chosen);
        Refuse(chosen, folder);
        var survey = await DataSurvey.Of(from, cancellation);
        var roles = Roles.Of(survey, label);
        var copied = new FileInfo(from).Length <= LargestCopiedBytes;
        var source = copied ? Path.GetFileName(from) : Path.GetFullPath(from).Replace('\\', '/');
        var text = ScaffoldText.Of(chosen, source, survey, roles);
        var file = Write(folder, text, copied ? from : null);
        return new Scaffold(chosen, file, [.. NotesOf(survey, roles)]);
    }

    /// <summary>
    /// All of it or nothing; the specification last, so that no half of a pipeline is ever read.
    /// </summary>
    static string Write(string folder, string text, string? data)
    {
        Directory.CreateDirectory(folder);
        try
        {
            if (data is not null)
                System.IO.File.Copy(data, Path.Combine(folder, Path.GetFileName(data)));
            var file = Path.Combine(folder, PipelineFile.FileName);
            System.IO.File.WriteAllText(file + ".new", text);
            System.IO.File.Move(file + ".new", file);
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Directory.Delete(folder, recursive: true);
            throw new ProblemException(
                [new Problem("PIPE-013", "The pipeline could not be written.", new Place(folder),
                    Actual: fault.Message,
                    Next: "Make room, or name another folder with --pipelines-directory; "
                        + "nothing was left behind.")],
                inner: fault);
        }
    }

    static void Refuse(string name, string folder)
    {
        if (!PipelineFile.IsName(name))
            throw new ProblemException(new Problem(
                "PIPE-011", $"A pipeline cannot be called '{name}'.",
                Expected: PipelineFile.NameRule, Next: "Choose another with --name."));
        if (Directory.Exists(folder))
            throw new ProblemException(new Problem(
                "PIPE-011", $"There is a folder for a pipeline '{name}' already.", new Place(folder),
                Next: "Choose another name with --name; nothing was changed."));
    }

    static IEnumerable<string> NotesOf(DataSurvey survey, Roles roles)
    {
        yield return survey.Extent;
        if (survey.Format.SkipLines is { } titles)
            yield return FormattableString.Invariant(
                $"lines to skip above the header: {titles:N0}, which look like titles");
        if (survey.QuarantinedRows > 0)
            yield return Counted.Of(survey.QuarantinedRows, "row does not parse", "rows do not parse")
                + " and would be quarantined";
        yield return $"predicts '{roles.Label.Name}' ({roles.Task.ToString().ToLowerInvariant()})"
            + (roles.LabelIsGuess ? ": a guess, name another with --label" : "");
        if (roles.Key is { } key)
            yield return $"'{key}' identifies a row";
        if (roles.Excluded.Count > 0)
            yield return $"never learnt from: {string.Join(", ", roles.Excluded)}";
    }

    /// <summary>
    /// The file's name as a pipeline may be called: <c>Telco-Customer-Churn.csv.gz</c> is
    /// telco-customer-churn, <c>aux.csv</c> is aux-data.
    /// </summary>
    static string NameOf(string file)
    {
        var letters = file[..(file.IndexOf('.') is var dot and > 0 ? dot : file.Length)]
            .Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        var name = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? "pipeline"
            : DeviceNames.Has(name) ? name + "-data"
            : name[..Math.Min(name.Length, 64)].TrimEnd('-');
    }
}
