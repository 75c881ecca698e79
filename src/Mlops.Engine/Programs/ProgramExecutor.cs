using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Mlops.Engine;

/// <summary>One execution of a program, from its declared inputs to its declared outputs.</summary>
sealed class ProgramExecutor(ProgramHost host, StageContext context, ProgramInput input)
{
    const string TextMedia = "text/plain";
    const string FileMedia = "application/octet-stream";
    const string Hidden = "***";

    readonly ProgramProblems problems = new(input);

    public async Task<ProgramOutput> Execute()
    {
        problems.CheckTools(host);
        var folder = new ProgramFolder(context.ScratchDirectory);
        var start = StartOf(folder);
        await folder.Bring(context, input.Inputs);
        var replacements = Replacements(folder);
        var (output, errors) = (new CapturedOutput(replacements), new CapturedOutput(replacements));
        var exitCode = await Run(start, output, errors);
        if (exitCode != 0)
            throw problems.Failed(exitCode, Text(output), Text(errors));
        return new ProgramOutput(
            await Keep(folder), [new ProgramExecution(null, 0, await Keep(output), await Keep(errors))]);
    }

    async Task<int?> Run(ProcessStartInfo start, CapturedOutput output, CapturedOutput errors)
    {
        try
        {
            var limit = input.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            return await ProgramProcess.Run(start, limit, output, errors, context.Cancellation);
        }
        catch (Win32Exception refused)
        {
            throw problems.NotStarted(refused.Message);
        }
    }

    /// <remarks>
    /// The environment is made of what is declared, so that it is the same whoever starts the build.
    /// </remarks>
    ProcessStartInfo StartOf(ProgramFolder folder)
    {
        IReadOnlyList<string> run = input.Shell
            ? ["sh", "-c", input.Run[0]]
            : [.. input.Run.Select(argument => Placeholders.Expand(argument, input.Parameters))];
        var start = new ProcessStartInfo(PathOf(run[0], folder), run.Skip(1))
        {
            WorkingDirectory = folder.Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables(folder))
            start.Environment[name] = value;
        return start;
    }

    string PathOf(string program, ProgramFolder folder) =>
        !Path.IsPathRooted(program) && program.Contains('/')
            ? folder.PathOf(program)
            : host.Find(program) ?? throw ProgramProblems.NoSuchProgram(program);

    Dictionary<string, string> Variables(ProgramFolder folder)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = host.SearchPath,
            ["LANG"] = "C.UTF-8",
            ["HOME"] = folder.Home,
            ["TMPDIR"] = folder.Temporary,
        };
        if (OperatingSystem.IsWindows())
            foreach (var name in (string[])["SystemRoot", "ComSpec", "PATHEXT"])
                variables[name] = host.ValueOf(name) ?? "";
        foreach (var (name, value) in input.Parameters)
            variables[name.Replace('-', '_')] = value;
        foreach (var variable in input.Environment)
            variables[variable.Name] = ProgramProblems.ValueOf(variable, host);
        foreach (var secret in input.Secrets)
            variables[secret] = host.ValueOf(secret) ?? throw ProgramProblems.NotSet(secret);
        return variables;
    }

    List<(byte[], byte[])> Replacements(ProgramFolder folder)
    {
        var replacements = new List<(byte[], byte[])>();
        foreach (var secret in input.Secrets)
            if (host.ValueOf(secret) is { Length: > 0 } value)
                Add(value, Hidden);
        foreach (var root in (string[])[folder.Root, ResolvedPath.Of(folder.Root)])
        {
            Add(Path.Combine(root, "work"), ".");
            Add(Path.Combine(root, "home"), "~");
            Add(root, "..");
        }
        return replacements;

        void Add(string found, string instead) =>
            replacements.Add((Encoding.UTF8.GetBytes(found), Encoding.UTF8.GetBytes(instead)));
    }

    async Task<IReadOnlyList<ProgramFile>> Keep(ProgramFolder folder)
    {
        var files = new List<ProgramFile>();
        var patterns = input.Outputs.Select(pattern => Placeholders.Expand(pattern, input.Parameters));
        foreach (var name in folder.Collect([.. patterns]))
            files.Add(new ProgramFile(name, await context.WriteFile(FileMedia, folder.PathOf(name))));
        return files;
    }

    async Task<Artifact?> Keep(CapturedOutput captured)
    {
        var bytes = captured.ToBytes();
        return bytes.Length == 0
            ? null
            : await context.Write(
                TextMedia, stream => stream.WriteAsync(bytes, context.Cancellation).AsTask());
    }

    static string Text(CapturedOutput captured) => Encoding.UTF8.GetString(captured.ToBytes());
}
