using System.Runtime.CompilerServices;

namespace Shop
{
    /// <summary>What the examples of all languages have in common, wherever a test runner starts.</summary>
    internal static class Shared
    {
        public static string Path(string name, [CallerFilePath] string source = "") =>
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(source)!, "..", "..", "shared", name);
    }
}
