using System.Globalization;

namespace Mlops.Engine;

/// <summary>What may go wrong with an execution of a program, in words.</summary>
sealed class ProgramProblems(ProgramInput input)
{
    const int LinesShown = 20;
    const int LongestLine = 400;
    const int LongestCommand = 200;

    /// <summary>How programs of many languages say that a file is not there.</summary>
    static readonly string[] NoFile =
    [
        "No such file", "not found", "FileNotFoundError", "FileNotFoundException",
        "ENOENT", "can't open", "cannot open", "Can't open",
    ];

    /// <exception cref="ProblemException">
    /// This machine lacks a tool (ENGINE-051) or has another one than the key names (ENGINE-052).
    /// </exception>
    public void CheckTools(ProgramHost host)
    {
        foreach (var tool in input.Tools)
        {
            var path = host.Find(tool.Name) ?? throw NoSuchProgram(tool.Name);
            if (tool.Digest is { } digest && host.DigestOfFile(path) is var found && found != digest)
                throw new ProblemException(new Problem(
                    "ENGINE-052", $"The program '{tool.Name}' is another one here.", new Place(path),
                    Expected: $"SHA-256 {digest}", Actual: $"SHA-256 {found}",
                    Next: "Use the same one, or declare its version under tools: then any "
                        + $"'{tool.Name}' will do."));
        }
    }

    public ProblemException Failed(int? exitCode, string output, string errors) => new(exitCode is { } code
        ? new Problem(
            "ENGINE-050",
            string.Create(CultureInfo.InvariantCulture, $"{Command} ended with exit code {code}."),
            Actual: LastLines(output, errors), Next: Next(output + errors))
        : new Problem(
            "ENGINE-053", string.Create(CultureInfo.InvariantCulture,
                $"{Command} was not done after {input.TimeoutSeconds} s and was ended."),
            Actual: LastLines(output, errors), Next: "Give it less to do, or raise its timeout."));

    public ProblemException NotStarted(string why) => new(new Problem(
        "ENGINE-051", $"{Command} could not be started.", Actual: why,
        Next: "A script needs a first line such as #!/bin/sh, a program must be made for this machine."));

    public static ProblemException NoSuchProgram(string name) => new(new Problem(
        "ENGINE-051", $"There is no program '{name}' on this machine.",
        Expected: $"an executable file '{name}' on the search path",
        Next: $"Install it, or correct PATH. A file of the pipeline is called by its path: ./{name}"));

    public static ProblemException NotSet(string variable) => new(new Problem(
        "ENGINE-057", $"The environment variable {variable} is not set.",
        Next: $"Set {variable} and run again."));

    public static string ValueOf(ProgramVariable variable, ProgramHost host) =>
        host.DigestOf(variable.Name) == variable.Digest
            ? host.ValueOf(variable.Name)!
            : throw new ProblemException(new Problem(
                "ENGINE-057",
                $"The environment variable {variable.Name} is not what the step's key was made of.",
                Expected: $"a value with SHA-256 {variable.Digest}",
                Actual: host.ValueOf(variable.Name) is null ? "it is not set" : "another value",
                Next: $"Set {variable.Name} as it was where the step was planned."));

    string Command
    {
        get
        {
            var run = input.Shell ? input.Run[0] : string.Join(' ', input.Run.Select(Expanded));
            var command = run.Length <= LongestCommand ? run : run[..LongestCommand] + "…";
            return input.Shell && input.Parameters.TryGetValue("each", out var each)
                ? $"`{command}` for {each}"
                : $"`{command}`";
        }
    }

    string Expanded(string argument) => Placeholders.Expand(argument, input.Parameters);

    string Next(string said) => NoFile.Any(words => said.Contains(words, StringComparison.Ordinal))
        ? $"It may have looked for a file that is not declared: in its folder {Folder}. Declare what it "
            + "reads under inputs."
        : $"Read what it said. In its folder {Folder}.";

    string Folder => input.Inputs.Count switch
    {
        0 => "there is nothing",
        1 => $"there is only '{input.Inputs[0].Name}'",
        _ => $"there are only {NearestNames.Listed([.. input.Inputs.Select(file => file.Name)])}",
    };

    static string LastLines(string output, string errors)
    {
        var said = string.IsNullOrWhiteSpace(errors) ? output : errors;
        var lines = said.TrimEnd().Split('\n').TakeLast(LinesShown)
            .Select(line => line.Length <= LongestLine ? line : line[..LongestLine] + "…");
        return said.Trim().Length == 0 ? "it said nothing" : string.Join('\n', lines);
    }
}
