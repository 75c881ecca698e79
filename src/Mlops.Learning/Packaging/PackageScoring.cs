using System.Text.Json;
using Mlops.Engine;

namespace Mlops.Learning.Packaging;

/// <summary>
/// What a separate process does with a package: open it, score its golden rows and print the bits of every
/// prediction, one JSON line per row.
/// </summary>
public static class PackageScoring
{
    const int Succeeded = 0;
    const int Failed = 1;
    const int Usage = 2;

    /// <param name="args">The path of the package.</param>
    /// <returns>0; 1 with the problem on standard error; 2 for wrong arguments.</returns>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [var path])
        {
            error.WriteLine("usage: score-package <package.zip>");
            return Usage;
        }
        try
        {
            Score(PackageArchive.Open(path), output);
            return Succeeded;
        }
        catch (Exception fault)
            when (fault is ProblemException or IOException or InvalidDataException or FormatException)
        {
            error.WriteLine(fault.Message);
            return Failed;
        }
    }

    static void Score(PackageArchive archive, TextWriter output)
    {
        var predictions = archive.Scorer().Score(GoldenRows.Read(archive.GoldenInputs));
        for (var row = 0; row < predictions.RowCount; row++)
        {
            string[] bits = [.. predictions.Numbers(row).Select(number => ExactNumber.Of(number).Bits)];
            output.Write(
                JsonSerializer.Serialize(new ScoredRow(row, bits), ScoredRowJson.Default.ScoredRow) + "\n");
        }
    }
}
